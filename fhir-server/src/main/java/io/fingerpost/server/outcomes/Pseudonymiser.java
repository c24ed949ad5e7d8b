package io.fingerpost.server.outcomes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * Makes the copies that ViewDefinitions read. What stands in a copy was put there by a line below;
 * an element nobody thought of is absent, so no view can let it out.
 */
final class Pseudonymiser {
  static final String SOURCE_OF_REQUEST =
      "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-SourceOfServiceRequest";

  private static final Set<String> PERSON = Set.of("Patient");
  private static final Set<String> REQUEST = Set.of("ServiceRequest");
  private static final Set<String> RESULT = Set.of("Observation", "QuestionnaireResponse");

  private final Pseudonyms pseudonyms;
  private final Map<String, Function<IBaseResource, Resource>> copies =
      Map.of(
          "Patient", resource -> copy((Patient) resource),
          "ServiceRequest", resource -> copy((ServiceRequest) resource),
          "Observation", resource -> copy((Observation) resource));

  Pseudonymiser(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  boolean knows(String resourceType) {
    return copies.containsKey(resourceType);
  }

  Resource copyOf(IBaseResource resource) {
    Function<IBaseResource, Resource> copy = copies.get(resource.fhirType());
    if (copy == null) {
      throw new IllegalArgumentException("no rule says what of this type may leave");
    }
    return copy.apply(resource);
  }

  private Patient copy(Patient source) {
    Patient copy = new Patient();
    copy.setId(key(source));
    copy.setGender(source.getGender());
    if (source.hasBirthDate() && source.getBirthDateElement().getYear() != null) {
      copy.setBirthDateElement(new DateType(source.getBirthDateElement().getYear().toString()));
    }
    if (source.hasDeceased()) {
      copy.setDeceased(new BooleanType(!isFalse(source.getDeceased())));
    }
    return copy;
  }

  private ServiceRequest copy(ServiceRequest source) {
    ServiceRequest copy = new ServiceRequest();
    copy.setId(key(source));
    copy.setStatus(source.getStatus());
    copy.setIntent(source.getIntent());
    copy.setPriority(source.getPriority());
    copy.setCategory(SafeValues.concepts(source.getCategory()));
    copy.setCode(SafeValues.concept(source.getCode()));
    copy.setSubject(pseudonyms.of(source.getSubject(), PERSON));
    copy.setAuthoredOnElement(SafeValues.day(source.getAuthoredOnElement()));
    copy.setRequester(SafeValues.organisation(source.getRequester()));
    copy.setReasonCode(SafeValues.concepts(source.getReasonCode()));
    Extension referrer = source.getExtensionByUrl(SOURCE_OF_REQUEST);
    if (referrer != null && referrer.getValue() instanceof CodeableConcept kind) {
      copy.addExtension(SOURCE_OF_REQUEST, SafeValues.concept(kind));
    }
    return copy;
  }

  private Observation copy(Observation source) {
    Observation copy = new Observation();
    copy.setId(key(source));
    copy.setStatus(source.getStatus());
    copy.setCategory(SafeValues.concepts(source.getCategory()));
    copy.setCode(SafeValues.concept(source.getCode()));
    copy.setSubject(pseudonyms.of(source.getSubject(), PERSON));
    copy.setEffective(SafeValues.day(when(source.getEffective())));
    copy.setValue(SafeValues.value(source.getValue()));
    copy.setDataAbsentReason(SafeValues.concept(source.getDataAbsentReason()));
    copy.setBasedOn(references(source.getBasedOn(), REQUEST));
    copy.setDerivedFrom(references(source.getDerivedFrom(), RESULT));
    copy.setHasMember(references(source.getHasMember(), RESULT));
    for (ObservationComponentComponent part : source.getComponent()) {
      copy.addComponent()
          .setCode(SafeValues.concept(part.getCode()))
          .setValue(SafeValues.value(part.getValue()));
    }
    return copy;
  }

  private List<Reference> references(List<Reference> sources, Set<String> types) {
    return sources.stream()
        .map(source -> pseudonyms.of(source, types))
        .filter(Reference::hasReference)
        .toList();
  }

  private String key(Resource resource) {
    return pseudonyms.of(resource.fhirType(), resource.getIdElement().getIdPart());
  }

  private static boolean isFalse(Type deceased) {
    return deceased instanceof BooleanType flag && !flag.booleanValue();
  }

  private static @Nullable BaseDateTimeType when(@Nullable Type effective) {
    if (effective instanceof Period period) {
      return period.hasStart() ? period.getStartElement() : period.getEndElement();
    }
    return effective instanceof BaseDateTimeType moment ? moment : null;
  }
}
