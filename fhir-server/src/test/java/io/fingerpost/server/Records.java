package io.fingerpost.server;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.profiles.identity.OdsCode;
import java.util.Date;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What the scheme's own system writes about a person. */
final class Records {

  private Records() {}

  static Patient patient(Person person) {
    Patient patient = new Patient();
    patient.addIdentifier(new NhsNumber(person.nhsNumber()).toIdentifier());
    patient.addName().setFamily(person.family()).addGiven(person.given());
    patient.setBirthDateElement(new DateType(person.birthDate()));
    patient.addAddress().addLine(person.street());
    return patient;
  }

  static CarePlan plan(Patient patient, String title) {
    CarePlan plan = new CarePlan();
    plan.setStatus(CarePlan.CarePlanStatus.ACTIVE).setIntent(CarePlan.CarePlanIntent.PLAN);
    plan.setTitle(title).setSubject(new Reference(referenceTo(patient)));
    plan.addActivity()
        .getDetail()
        .setStatus(CarePlan.CarePlanActivityStatus.SCHEDULED)
        .setDescription("Walking group on Tuesdays");
    return plan;
  }

  /** Agreed by the person: this organisation may know everything, for their care. */
  static Consent consent(Patient patient, String organisation) {
    Consent consent = new Consent();
    consent.setStatus(ConsentState.ACTIVE).setScope(ConsentTerms.PATIENT_PRIVACY.toConcept());
    consent.addCategory(ConsentTerms.INFA.toConcept());
    consent.setPatient(new Reference(referenceTo(patient))).setDateTime(new Date());
    consent.addOrganization().setIdentifier(new OdsCode("Z9S01").toIdentifier());
    consent.setPolicyRule(ConsentTerms.OPTIN.toConcept());
    consent
        .getProvision()
        .setType(ConsentProvisionType.PERMIT)
        .addPurpose(ConsentTerms.TREAT.toCoding())
        .addActor()
        .setRole(ConsentTerms.IRCP.toConcept())
        .setReference(new Reference().setIdentifier(new OdsCode(organisation).toIdentifier()));
    return consent;
  }

  static String referenceTo(Resource resource) {
    return resource.getIdElement().toUnqualifiedVersionless().getValue();
  }
}
