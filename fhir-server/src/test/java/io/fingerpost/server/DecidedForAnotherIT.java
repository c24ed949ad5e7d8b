package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.profiles.consent.ConsentTerms;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An attorney agrees for a person who cannot; and a consent speaks of one plan alone. */
@OneServer
class DecidedForAnotherIT {

  private Patient patient = new Patient();
  private CarePlan plan = new CarePlan();

  @BeforeEach
  void aPersonHasAPlan() {
    patient = SCHEME.create(Records.patient(Person.next()));
    plan = SCHEME.create(Records.plan(patient, "Back to the choir"));
  }

  @Test
  void opensAndClosesWithTheAttorneysRight() {
    RelatedPerson attorney = new RelatedPerson();
    attorney.setPatient(new Reference(referenceTo(patient))).setActive(true);
    attorney.addRelationship(ConsentTerms.ATTORNEY.toConcept());
    attorney.addName().setFamily("Attwater");
    attorney = SCHEME.create(attorney);
    Consent consent = Records.consent(patient, "Z9H01");
    consent.addPerformer(new Reference(referenceTo(attorney)));
    SCHEME.create(consent);
    assertThat(status(plan)).isEqualTo(200);

    attorney = SCHEME.update(attorney.setActive(false));

    assertThat(status(plan)).isEqualTo(404);
    assertThat(decision()).isEqualTo("NO_AUTHORITY");
    SCHEME.update(attorney.setActive(true));
    assertThat(status(plan)).isEqualTo(200);
  }

  @Test
  void opensNothingByADaughterWhoIsNoAttorney() {
    RelatedPerson daughter = new RelatedPerson();
    daughter.setPatient(new Reference(referenceTo(patient))).addName().setFamily("Attwater");
    Consent consent = Records.consent(patient, "Z9H01");
    consent.addPerformer(new Reference(referenceTo(SCHEME.create(daughter))));
    SCHEME.create(consent);

    assertThat(status(plan)).isEqualTo(404);
    assertThat(decision()).isEqualTo("NO_AUTHORITY");
  }

  @Test
  void opensOnePlanWithWhatRefersToItAndNoOther() {
    CarePlan other = SCHEME.create(Records.plan(patient, "Something else"));
    Consent consent = Records.consent(patient, "Z9H01");
    consent
        .getProvision()
        .addData()
        .setMeaning(ConsentDataMeaning.DEPENDENTS)
        .setReference(new Reference(referenceTo(plan)));
    SCHEME.create(consent);
    CarePlan ofPlan = partOf(plan);
    CarePlan ofOther = partOf(other);

    assertThat(status(plan)).isEqualTo(200);
    assertThat(status(ofPlan)).isEqualTo(200);
    assertThat(status(other)).isEqualTo(404);
    assertThat(status(ofOther)).isEqualTo(404);
  }

  private CarePlan partOf(CarePlan whole) {
    CarePlan part = Records.plan(patient, "The first month of it");
    return SCHEME.create(part.addPartOf(new Reference(referenceTo(whole))));
  }

  private static int status(Resource resource) {
    return HOSPITAL.get("/fhir/" + referenceTo(resource)).status();
  }

  private String decision() {
    return SCHEME
        .send(
            "POST",
            "/fhir/$share-decision",
            """
            {"resourceType":"Parameters","parameter":[
              {"name":"organisation","valueString":"Z9H01"},
              {"name":"resource","valueReference":{"reference":"%s"}}]}
            """
                .formatted(referenceTo(plan)))
        .json()
        .at("/parameter/1/valueCoding/code")
        .asText();
  }
}
