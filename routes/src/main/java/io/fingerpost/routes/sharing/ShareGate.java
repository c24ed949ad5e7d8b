package io.fingerpost.routes.sharing;

import ca.uhn.fhir.repository.IRepository;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.reliability.OutboxRow;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;

/**
 * The only maker of {@link ApprovedShare}: nothing leaves without passing here. It asks at the
 * moment of sending, each time, so that a withdrawal stops what is already queued. No answer is an
 * exception, never a yes.
 */
@Component
final class ShareGate {

  /** In process nothing says by itself how the question is written. */
  private static final Map<String, String> AS_JSON =
      Map.of("Content-Type", "application/fhir+json");

  private final IRepository repository;

  ShareGate(IRepository repository) {
    this.repository = repository;
  }

  /** What the gate said: a share, or the code of the reason why not. */
  record Answer(Optional<ApprovedShare> share, String reason) {}

  Answer ask(OutboxRow row, Partner recipient, ReferralStanding standing) {
    Parameters decision = decision(recipient, row.resource());
    boolean permitted =
        decision.getParameter("permitted").getValue() instanceof BooleanType yes
            && yes.booleanValue();
    String reason =
        decision.getParameter("reason").getValue() instanceof Coding coding
            ? coding.getCode()
            : "COULD_NOT_ASK";
    return permitted
        ? new Answer(
            Optional.of(new ApprovedShare(row.id(), row.createdAt(), recipient, standing)), reason)
        : new Answer(Optional.empty(), reason);
  }

  private Parameters decision(Partner recipient, String resource) {
    Parameters question = new Parameters();
    question.addParameter("organisation", new StringType(recipient.organisation()));
    question.addParameter("kind", new StringType(kind(recipient)));
    question.addParameter(
        "resource", new Reference(new IdType(resource).toUnqualifiedVersionless().getValue()));
    return repository.invoke("$share-decision", question, Parameters.class, AS_JSON);
  }

  private static String kind(Partner recipient) {
    return recipient.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
