package io.fingerpost.server.outcomes;

import io.fingerpost.terminology.SystemUrl;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseCoding;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * Which resources one extract may use: not labelled ones, not test data, and only those about a
 * person who is known and whose data may be used.
 */
final class Release {
  private static final int PEOPLE_REMEMBERED = 10_000;
  private static final Set<String> RESTRICTED = Set.of("R", "V");

  private final SecondaryUse secondaryUse;
  private final boolean testData;
  private final Map<String, Boolean> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > PEOPLE_REMEMBERED;
        }
      };

  Release(SecondaryUse secondaryUse, boolean testData) {
    this.secondaryUse = secondaryUse;
    this.testData = testData;
  }

  boolean permits(IBaseResource resource) {
    return resource.getMeta().getSecurity().stream().noneMatch(this::withholds)
        && person(resource)
            .map(person -> answers.computeIfAbsent(person, secondaryUse::permittedFor))
            .orElse(false);
  }

  private boolean withholds(IBaseCoding label) {
    String system = label.getSystem();
    if (SystemUrl.V3_CONFIDENTIALITY.url().equals(system)) {
      return RESTRICTED.contains(label.getCode());
    }
    if (SystemUrl.V3_ACT_REASON.url().equals(system)) {
      return "HTEST".equals(label.getCode()) && !testData;
    }
    // Sensitivity labels (SDV, HIV …) and handling instructions alike: both ask for care.
    return SystemUrl.V3_ACT_CODE.url().equals(system);
  }

  private static Optional<String> person(IBaseResource resource) {
    if (resource instanceof Patient patient) {
      return Optional.of("Patient/" + patient.getIdElement().getIdPart());
    }
    if (resource instanceof ServiceRequest request) {
      return person(request.getSubject().getReferenceElement());
    }
    if (resource instanceof Observation observation) {
      return person(observation.getSubject().getReferenceElement());
    }
    return Optional.empty();
  }

  private static Optional<String> person(IIdType subject) {
    boolean isOurs = "Patient".equals(subject.getResourceType()) && !subject.hasBaseUrl();
    return isOurs && subject.hasIdPart()
        ? Optional.of("Patient/" + subject.getIdPart())
        : Optional.empty();
  }
}
