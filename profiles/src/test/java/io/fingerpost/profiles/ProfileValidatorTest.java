package io.fingerpost.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;

class ProfileValidatorTest {
  static final FhirContext CONTEXT = FhirContext.forR4Cached();

  /** One for all tests of this package: it is meant to be shared, and takes seconds to warm. */
  static final ProfileValidator VALIDATOR = new ProfileValidator(CONTEXT);

  @Test
  void findsNothingWrongWithAReferralTransaction() {
    assertThat(VALIDATOR.faults(referral())).isEmpty();
  }

  @Test
  void findsTheFaultsOfEveryEntryInOneCallThoughNoneClaimsAProfile() {
    Bundle bundle = referral();
    entry(bundle, Patient.class).getIdentifierFirstRep().setValue("9990000019");
    entry(bundle, ServiceRequest.class).setRequester(null);
    entry(bundle, Task.class).setStatus(Task.TaskStatus.REJECTED);

    assertThat(VALIDATOR.faults(bundle))
        .extracting(fault -> fault.code() + " " + fault.location())
        .containsExactlyInAnyOrder(
            "fp-nhs-number-check-digit Bundle.entry[0].resource.ofType(Patient).identifier[0]",
            "FIELD_MISSING Bundle.entry[2].resource.ofType(ServiceRequest).requester",
            "fp-task-reason-when-rejected Bundle.entry[3].resource.ofType(Task)");
  }

  @Test
  void holdsTheEntriesOfAMessageToTheProfilesToo() {
    Bundle bundle = referral().setType(Bundle.BundleType.MESSAGE);
    bundle.getEntry().forEach(entry -> entry.setRequest(null));
    bundle.setTimestamp(new Date()).setIdentifier(new Identifier().setValue("1"));
    MessageHeader header = new MessageHeader();
    header.setEvent(new Coding("https://fhir.nhs.uk/CodeSystem/message-events-bars", "x", null));
    header.getSource().setEndpoint("https://gp.example/fhir");
    header.addDestination().setEndpoint("https://scheme.example/fhir");
    header.setSender(new Reference(bundle.getEntry().get(1).getFullUrl()));
    header.setReason(
        new CodeableConcept(
            new Coding("https://fhir.nhs.uk/CodeSystem/message-reason-bars", "new", null)));
    header.addFocus(new Reference(bundle.getEntry().get(2).getFullUrl()));
    bundle.getEntry().add(0, new Bundle.BundleEntryComponent().setResource(header));
    bundle.getEntryFirstRep().setFullUrl("urn:uuid:0f0f0f0f-0000-4000-8000-000000000009");
    entry(bundle, Patient.class).getName().clear();

    assertThat(VALIDATOR.faults(bundle)).extracting(Fault::code).containsExactly("FIELD_MISSING");
  }

  @Test
  void refusesAReferenceToAnEntryThatIsNotThere() {
    Bundle bundle = referral();
    entry(bundle, Task.class)
        .setFocus(new Reference("urn:uuid:0f0f0f0f-0000-4000-8000-0000000000ff"));

    assertThat(VALIDATOR.faults(bundle))
        .extracting(Fault::code)
        .containsExactly("REFERENCE_INVALID");
  }

  @Test
  void refusesAReferenceToAnEntryOfAnotherType() {
    Bundle bundle = referral();
    entry(bundle, Task.class).setFocus(new Reference(bundle.getEntry().get(1).getFullUrl()));

    assertThat(VALIDATOR.faults(bundle))
        .extracting(fault -> fault.code() + " " + fault.location())
        .containsExactly("REFERENCE_INVALID Bundle.entry[3].resource.ofType(Task).focus");
  }

  @Test
  void acceptsAConditionalReference() {
    Bundle bundle = referral();
    entry(bundle, ServiceRequest.class)
        .setRequester(
            new Reference(
                "Organization?identifier=https://fhir.nhs.uk/Id/ods-organization-code|Z91001"));

    assertThat(VALIDATOR.faults(bundle)).isEmpty();
  }

  @Test
  void makesOneFaultOfAFaultyPatientHoweverManyReferToIt() {
    Bundle bundle = referral();
    entry(bundle, Patient.class).getName().clear();

    assertThat(VALIDATOR.faults(bundle))
        .extracting(Fault::location)
        .containsExactly("Bundle.entry[0].resource.ofType(Patient).name");
  }

  @Test
  void takesAResourceWithoutAProfileOfOursByItsBaseType() {
    assertThat(VALIDATOR.faults(new Basic().setCode(new CodeableConcept().setText("note"))))
        .isEmpty();
    assertThat(VALIDATOR.faults(new Basic()))
        .extracting(Fault::code)
        .containsExactly("FIELD_MISSING");
  }

  @Test
  void asksOnlyTheBaseTypeOfAContainedResource() {
    Patient patient = entry(referral(), Patient.class);
    Patient relative = new Patient();
    relative.setId("relative");
    patient.addContained(relative);
    patient.addLink().setOther(new Reference("#relative")).setType(Patient.LinkType.SEEALSO);

    assertThat(VALIDATOR.faults(patient)).isEmpty();
  }

  @Test
  void doesNotMindAClaimItCannotResolveNorACodeItCannotCheck() {
    Patient patient = entry(referral(), Patient.class);
    patient.getMeta().addProfile("https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient");
    patient.getMeta().addProfile("https://nowhere.example/StructureDefinition/P|4.0.1");
    patient.setMaritalStatus(
        new CodeableConcept(new Coding("https://nowhere.example/codes", "x", null)));

    assertThat(VALIDATOR.faults(patient)).isEmpty();
  }

  @Test
  void saysWhatIsWrongWhereAndWhatToDoInOneOutcome() {
    Patient patient = entry(referral(), Patient.class);
    patient.setBirthDateElement(new DateType("2999-01-01"));
    patient.getName().clear();

    OperationOutcome outcome = FaultReport.of(VALIDATOR.faults(patient));

    assertThat(outcome.getIssue())
        .extracting(
            issue -> issue.getCode().toCode(),
            issue -> issue.getDetails().getCodingFirstRep().getCode(),
            issue -> issue.getExpression().get(0).getValue())
        .containsExactlyInAnyOrder(
            tuple("required", "FIELD_MISSING", "Patient.name"),
            tuple("invariant", "fp-birth-date-past", "Patient.birthDate"));
    assertThat(VALIDATOR.faults(outcome)).isEmpty();
  }

  @Test
  void saysWhyAProfileOfSomeOfATypeAsksForIt() {
    ServiceRequest request = entry(referral(), ServiceRequest.class);
    request.setIntent(ServiceRequest.ServiceRequestIntent.FILLERORDER);

    assertThat(VALIDATOR.faults(request))
        .filteredOn(fault -> fault.location().equals("ServiceRequest.basedOn"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.what()).contains("leads back to the one it serves"));
  }

  @Test
  void answersAlikeOnFourThreadsAndAfterManyCalls() throws Exception {
    Bundle faulty = referral();
    entry(faulty, Patient.class).getName().clear();
    entry(faulty, Task.class).setStatus(Task.TaskStatus.REJECTED);
    List<Fault> expected = VALIDATOR.faults(faulty);

    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        work.add(
            () -> {
              assertThat(VALIDATOR.faults(referral())).isEmpty();
              assertThat(VALIDATOR.faults(faulty)).isEqualTo(expected);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void isWarmedWithoutAnythingToCheck() {
    new ProfileValidator(CONTEXT).warm();
  }

  private static <T> T entry(Bundle bundle, Class<T> type) {
    return bundle.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Bundle referral() {
    try (InputStream file =
        ProfileValidatorTest.class.getResourceAsStream("/referral-transaction.json")) {
      return CONTEXT.newJsonParser().parseResource(Bundle.class, file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
