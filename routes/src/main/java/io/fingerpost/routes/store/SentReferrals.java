package io.fingerpost.routes.store;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.ReferenceParam;
import io.fingerpost.profiles.identity.OdsCode;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.springframework.stereotype.Component;

/**
 * How a referral stands, for the organisation that sent it. Consent is asked in that organisation's
 * name, as for everything that leaves, so the question and its answer are on record.
 */
@Component
public final class SentReferrals {

  private static final Map<String, String> NOT_KEPT = Map.of("Cache-Control", "no-store");
  private static final Map<String, String> AS_JSON =
      Map.of("Content-Type", "application/fhir+json");

  private final IRepository repository;

  SentReferrals(IRepository repository) {
    this.repository = repository;
  }

  /**
   * @param referral {@code ServiceRequest/<id>}
   * @param kind of the organisation, as consents name it
   * @return empty where it may not be known, or does not exist: the two are not told apart
   */
  public Optional<Task> standing(String referral, OdsCode organisation, String kind) {
    return task(referral).filter(task -> isPermitted(task, organisation, kind));
  }

  private Optional<Task> task(String referral) {
    ReferenceParam focus = new ReferenceParam(referral);
    Bundle found =
        repository.search(
            Bundle.class, Task.class, search -> search.addOrList("focus", focus), NOT_KEPT);
    return found.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(Task.class::isInstance)
        .map(Task.class::cast)
        .findFirst();
  }

  private boolean isPermitted(Task task, OdsCode organisation, String kind) {
    Parameters question = new Parameters();
    question.addParameter("organisation", new StringType(organisation.value()));
    question.addParameter("kind", new StringType(kind));
    question.addParameter(
        "resource", new Reference(task.getIdElement().toUnqualifiedVersionless().getValue()));
    Parameters decision = repository.invoke("$share-decision", question, Parameters.class, AS_JSON);
    return decision.getParameter("permitted").getValue() instanceof BooleanType yes
        && yes.booleanValue();
  }
}
