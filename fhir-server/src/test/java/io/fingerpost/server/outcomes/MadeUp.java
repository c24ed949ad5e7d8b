package io.fingerpost.server.outcomes;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;

/** A referral and a score of a person who does not exist. */
final class MadeUp {
  private static final String NEED = "https://fingerpost.io/CodeSystem/need";

  private MadeUp() {}

  static ServiceRequest referral(String id, String person) {
    ServiceRequest request = new ServiceRequest();
    request.setId(id);
    request.setStatus(ServiceRequest.ServiceRequestStatus.ACTIVE);
    request.setIntent(ServiceRequest.ServiceRequestIntent.ORDER);
    request.setPriority(ServiceRequest.ServiceRequestPriority.ROUTINE);
    request.getCode().addCoding(snomed("871731000000106"));
    request.setSubject(new Reference("Patient/" + person).setDisplay("Zebedee Quimby"));
    request.setAuthoredOnElement(new DateTimeType("2026-06-02T09:30:00+01:00"));
    request.setRequester(new Reference("PractitionerRole/5").setDisplay("Dr Florence Dougal"));
    request.getRequester().setIdentifier(new OdsCode("Z91001").toIdentifier());
    request.addExtension(
        Pseudonymiser.SOURCE_OF_REQUEST, new CodeableConcept(snomed("1991000124105")));
    request.addReasonCode().addCoding(new Coding(NEED, "loneliness", "Loneliness"));
    request.addReasonCode().addCoding(new Coding(NEED, "money", "Money")).setText("owes his aunt");
    request.addReasonCode().addCoding(new Coding(NEED, "housing", "Housing"));
    request.addNote().setText("Ring Zebedee on 07700 900123");
    return request;
  }

  static Observation score(String id, String person, double value) {
    Observation score = new Observation();
    score.setId(id);
    score.setStatus(Observation.ObservationStatus.FINAL);
    score.addCategory().addCoding(survey());
    score.getCode().addCoding(new Coding(SystemUrl.MEASURE.url(), "swemwbs-metric", null));
    score.setSubject(new Reference("Patient/" + person));
    score.setEffective(new DateTimeType("2026-06-02T09:30:00+01:00"));
    score.setValue(new Quantity(value));
    score.addBasedOn(new Reference("CarePlan/9"));
    score.addBasedOn(new Reference("ServiceRequest/1"));
    score.addDerivedFrom(new Reference("QuestionnaireResponse/8"));
    return score;
  }

  static Coding survey() {
    return new Coding("http://terminology.hl7.org/CodeSystem/observation-category", "survey", null);
  }

  private static Coding snomed(String code) {
    return new Coding(SystemUrl.SNOMED_CT.url(), code, null);
  }
}
