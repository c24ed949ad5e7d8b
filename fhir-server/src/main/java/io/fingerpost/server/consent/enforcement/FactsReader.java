package io.fingerpost.server.consent.enforcement;

import io.fingerpost.profiles.References;
import io.fingerpost.profiles.consent.SentBy;
import io.fingerpost.server.consent.decision.ResourceFacts;
import io.fingerpost.server.consent.decision.ResourceFacts.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** Reads from a resource what the rules of consent ask about it. */
final class FactsReader {
  private final Organisations organisations;
  private final String scheme;

  /**
   * @param scheme ODS code of the scheme itself
   */
  FactsReader(Organisations organisations, String scheme) {
    this.organisations = organisations;
    this.scheme = scheme;
  }

  /**
   * @param lookAround whether to look for what it refers to, which visits every element
   */
  ResourceFacts factsOf(Resource resource, boolean lookAround) {
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
        new Origin(authorOf(resource), TimeOf.content(resource).orElse(null)),
        id == null ? null : resource.fhirType() + "/" + id,
        lookAround ? referencesIn(resource) : Set.of());
  }

  private static Set<String> referencesIn(Resource resource) {
    Set<String> references = new HashSet<>();
    for (Reference found : References.in(resource)) {
      IIdType id = found.getReferenceElement();
      if (id.hasResourceType() && id.hasIdPart()) {
        references.add(id.toUnqualifiedVersionless().getValue());
      }
    }
    return references;
  }

  private static List<CodeableConcept> conceptsOf(Resource resource) {
    if (resource instanceof CarePlan plan) {
      return plan.getCategory();
    } else if (resource instanceof ServiceRequest request) {
      return with(request.getCategory(), request.getCode());
    } else if (resource instanceof Task task) {
      return List.of(task.getCode());
    } else if (resource instanceof Observation observation) {
      return with(observation.getCategory(), observation.getCode());
    } else if (resource instanceof Goal goal) {
      return goal.getCategory();
    } else if (resource instanceof Flag flag) {
      return with(flag.getCategory(), flag.getCode());
    } else if (resource instanceof Communication communication) {
      return communication.getCategory();
    }
    return List.of();
  }

  private static List<CodeableConcept> with(
      List<CodeableConcept> categories, CodeableConcept code) {
    List<CodeableConcept> both = new ArrayList<>(categories);
    both.add(code);
    return both;
  }

  /**
   * Who sent it, as the routes marked it when they stored it; what they did not store, the scheme
   * wrote. A Patient is the scheme's too: it is kept up to date, and a new address is not what its
   * first sender sent.
   */
  private @Nullable String authorOf(Resource resource) {
    if (resource instanceof ServiceRequest request) {
      return organisations.odsCodeOf(request.getRequester()).orElse(null);
    } else if (resource instanceof Task task) {
      return organisations.odsCodeOf(task.getRequester()).orElse(null);
    }
    return resource instanceof DomainResource marked
        ? SentBy.odsCodeIn(marked).orElse(scheme)
        : scheme;
  }
}
