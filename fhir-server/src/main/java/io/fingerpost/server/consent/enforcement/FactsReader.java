package io.fingerpost.server.consent.enforcement;

import io.fingerpost.server.consent.decision.ResourceFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** Reads from a resource what the rules of consent ask about it. */
final class FactsReader {

  private final Organisations organisations;

  FactsReader(Organisations organisations) {
    this.organisations = organisations;
  }

  ResourceFacts factsOf(Resource resource) {
    Set<String> codes = new HashSet<>();
    for (CodeableConcept concept : conceptsOf(resource)) {
      concept.getCoding().stream().filter(Coding::hasCode).map(Coding::getCode).forEach(codes::add);
    }
    Set<String> labels = new HashSet<>();
    resource.getMeta().getSecurity().stream()
        .filter(Coding::hasCode)
        .map(Coding::getCode)
        .forEach(labels::add);
    String id = resource.getIdElement().getIdPart();
    return new ResourceFacts(
        resource.fhirType(),
        codes,
        labels,
        authorOf(resource),
        id == null ? null : resource.fhirType() + "/" + id);
  }

  private static List<CodeableConcept> conceptsOf(Resource resource) {
    if (resource instanceof CarePlan plan) {
      return plan.getCategory();
    } else if (resource instanceof ServiceRequest request) {
      return List.of(request.getCode());
    } else if (resource instanceof Task task) {
      return List.of(task.getCode());
    } else if (resource instanceof Observation observation) {
      return List.of(observation.getCode());
    }
    return List.of();
  }

  /**
   * Who sent it. A Patient has no author here: the scheme keeps it up to date, and a new address is
   * not what its first sender sent.
   */
  private @Nullable String authorOf(Resource resource) {
    Reference author = new Reference();
    if (resource instanceof ServiceRequest request) {
      author = request.getRequester();
    } else if (resource instanceof Task task) {
      author = task.getRequester();
    }
    return organisations.odsCodeOf(author).orElse(null);
  }
}
