package io.fingerpost.routes.store;

import ca.uhn.fhir.repository.IRepository;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Has the server put on record what an operator is about to do with kept messages. What cannot be
 * put on record is an exception, and is not done.
 */
@Component
public class OperatorActs {

  /** In process nothing says by itself how it is written. */
  private static final Map<String, String> AS_JSON =
      Map.of("Content-Type", "application/fhir+json");

  private final IRepository repository;

  OperatorActs(IRepository repository) {
    this.repository = repository;
  }

  /** What is done; the name is the code it is on record under. */
  public enum Kind {
    MESSAGE_READ,
    MESSAGE_EDITED,
    MESSAGE_DISCARDED,
    MESSAGE_REPLAYED,
    MESSAGE_TRIED
  }

  /**
   * @param client the operator's
   * @param organisation its ODS code
   * @param messages which: our id of one, or the words of what was asked for; never what they say
   * @param stated why, in the operator's words; null where no reason is asked for
   * @param referral {@code ServiceRequest/<id>} the message became
   */
  public record Act(
      Kind kind,
      String client,
      String organisation,
      String messages,
      @Nullable String stated,
      @Nullable String referral) {}

  /** On record when this returns, whatever becomes of the act. */
  public void record(Act act) {
    Parameters said = new Parameters();
    said.addParameter("act", new CodeType(act.kind().name()));
    said.addParameter("client", new StringType(act.client()));
    said.addParameter("organisation", new StringType(act.organisation()));
    said.addParameter("messages", new StringType(act.messages()));
    if (act.stated() != null) {
      said.addParameter("stated", new StringType(act.stated()));
    }
    if (act.referral() != null) {
      said.addParameter("referral", new StringType(act.referral()));
    }
    repository.invoke("$record-operator-act", said, Parameters.class, AS_JSON);
  }
}
