package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;

/** A hospital refers by MLLP from a plain socket; the scheme reads what became of it. */
@OneServer
class HospitalReferralIT {

  private final Person person = Person.next();
  private final String controlId = Hl7.newControlId();

  @Test
  void storesTheReferralWithItsTaskPersonConsentAndProvenance() throws IOException {
    String answer = MllpConnection.answer(MLLP_PORT, Hl7.referral(controlId, person));

    assertThat(Hl7.code(answer)).as(answer).isEqualTo("AA");
    assertThat(Hl7.field(answer, "MSA", 2)).isEqualTo(controlId);
    ServiceRequest request = onlyReferral(controlId);
    assertThat(request.getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
    assertThat(request.getCode().getCodingFirstRep().getCode()).isEqualTo("871731000000106");
    Patient patient = onlyPatient(person);
    assertThat(patient.getNameFirstRep().getFamily()).isEqualTo(person.family());
    assertThat(patient.getBirthDateElement().getValueAsString()).isEqualTo(person.birthDate());
    assertThat(request.getSubject().getReference()).isEqualTo(reference(patient));
    assertThat(SCHEME.search(Task.class, "focus=" + reference(request)))
        .singleElement()
        .satisfies(task -> assertThat(task.getStatus()).isEqualTo(TaskStatus.REQUESTED))
        .satisfies(task -> assertThat(task.getFor().getReference()).isEqualTo(reference(patient)));
    assertThat(SCHEME.search(Consent.class, "patient=" + reference(patient))).hasSize(1);
    assertThat(SCHEME.search(Provenance.class, "target=" + reference(request)))
        .singleElement()
        .extracting(it -> it.getEntityFirstRep().getWhat().getIdentifier().getValue())
        .isEqualTo("Z9H01/" + controlId);
  }

  @Test
  void answersAHundredFramesOfOneWriteInTheirOrder() throws IOException {
    List<String> sent = new ArrayList<>();
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      sent.add(Hl7.newControlId());
      frames.writeBytes(MllpConnection.frame(Hl7.referral(sent.get(i), person)));
    }
    List<String> answered = new ArrayList<>();
    try (MllpConnection hospital = MllpConnection.to(MLLP_PORT)) {
      hospital.write(frames.toByteArray());
      for (int i = 0; i < 100; i++) {
        String answer = hospital.receive();
        assertThat(Hl7.code(answer)).as(answer).isEqualTo("AA");
        answered.add(Hl7.field(answer, "MSA", 2));
      }
    }

    assertThat(answered).isEqualTo(sent);
    assertThat(referralsOf(person)).hasSize(100);
  }

  @Test
  void givesTheFirstAnswerAgainAndStoresNothingNewWhenAMessageComesAgain() throws IOException {
    String message = Hl7.referral(controlId, person);
    String first = MllpConnection.answer(MLLP_PORT, message);
    String version = onlyPatient(person).getMeta().getVersionId();

    assertThat(MllpConnection.answer(MLLP_PORT, message)).isEqualTo(first);
    assertThat(MllpConnection.answer(MLLP_PORT, message)).isEqualTo(first);
    assertThat(referralsOf(person)).hasSize(1);
    assertThat(onlyPatient(person).getMeta().getVersionId()).isEqualTo(version);
    assertThat(SCHEME.search(Task.class, "patient=" + reference(onlyPatient(person)))).hasSize(1);
    assertThat(SCHEME.search(Consent.class, "patient=" + reference(onlyPatient(person))))
        .hasSize(1);
  }

  @Test
  void storesOneReferralOfTwoCopiesThatArriveAtOneInstant() throws Exception {
    for (int round = 0; round < 5; round++) {
      Person someone = Person.next();
      String message = Hl7.referral(Hl7.newControlId(), someone);

      List<String> answers = atOnce(List.of(message, message));

      assertThat(answers.get(0)).isEqualTo(answers.get(1));
      assertThat(Hl7.code(answers.get(0))).isEqualTo("AA");
      assertThat(referralsOf(someone)).hasSize(1);
    }
  }

  @Test
  void knowsOnePersonWhenTwoFirstReferralsArriveAtOneInstant() throws Exception {
    for (int round = 0; round < 5; round++) {
      Person someone = Person.next();
      List<String> messages =
          List.of(
              Hl7.referral(Hl7.newControlId(), someone), Hl7.referral(Hl7.newControlId(), someone));

      assertThat(atOnce(messages)).extracting(Hl7::code).containsExactly("AA", "AA");

      assertThat(referralsOf(someone))
          .hasSize(2)
          .extracting(request -> request.getSubject().getReference())
          .containsOnly(reference(onlyPatient(someone)));
    }
  }

  @Test
  void refusesAnotherMessageUnderTheSameControlId() throws IOException {
    MllpConnection.answer(MLLP_PORT, Hl7.referral(controlId, person));

    String answer = MllpConnection.answer(MLLP_PORT, Hl7.referral(controlId, Person.next()));

    assertThat(Hl7.code(answer)).isEqualTo("AE");
    assertThat(answer).contains("MESSAGE_ID_REUSED");
    assertThat(referralsOf(person)).hasSize(1);
  }

  @Test
  void refusesAnotherMessageUnderTheSameControlIdWhateverElseIsWrongWithIt() throws IOException {
    MllpConnection.answer(MLLP_PORT, Hl7.referral(controlId, person));
    String unreadable = Hl7.referral(controlId, Person.next()).replace("|2.5.1|", "|9.1|");

    String answer = MllpConnection.answer(MLLP_PORT, unreadable);

    assertThat(answer).contains("MESSAGE_ID_REUSED").doesNotContain("VERSION_UNSUPPORTED");
  }

  @Test
  void rejectsAnUnknownSender() throws IOException {
    String answer =
        MllpConnection.answer(MLLP_PORT, Hl7.referral("NOBODY", "Z9H01", controlId, person));

    assertThat(Hl7.code(answer)).isEqualTo("AR");
    assertThat(answer).contains("SENDER_UNKNOWN");
    assertThat(SCHEME.search(Patient.class, "identifier=" + person.identifier())).isEmpty();
  }

  @Test
  void refusesAWrongCheckDigitAndSaysWhereAndWhatToDo() throws IOException {
    Person wrong = person.withWrongNumber();

    String answer = MllpConnection.answer(MLLP_PORT, Hl7.referral(controlId, wrong));

    assertThat(Hl7.code(answer)).isEqualTo("AE");
    assertThat(Hl7.field(answer, "ERR", 2)).startsWith("PID");
    assertThat(Hl7.field(answer, "ERR", 5)).contains("NHS_NUMBER_INVALID");
    assertThat(Hl7.field(answer, "ERR", 8)).contains("check digit", "send again");
    assertThat(answer).doesNotContain(wrong.nhsNumber(), wrong.family());
    assertThat(SCHEME.search(Patient.class, "identifier=" + wrong.identifier())).isEmpty();
  }

  @Test
  void goesOnServingAfterHalfFramesHugeFramesAndDroppedConnections() throws IOException {
    byte[] whole = MllpConnection.frame(Hl7.referral(controlId, person));
    try (MllpConnection half = MllpConnection.to(MLLP_PORT);
        MllpConnection huge = MllpConnection.to(MLLP_PORT)) {
      half.write(Arrays.copyOf(whole, whole.length / 2));
      assertThatThrownBy(() -> sendTwentyMegabytesAndRead(huge)).isInstanceOf(IOException.class);
      for (int i = 0; i < 20; i++) {
        try (MllpConnection dropped = MllpConnection.to(MLLP_PORT)) {
          dropped.write(i % 2 == 0 ? whole : Arrays.copyOf(whole, 1 + i * 10));
        }
      }

      assertThat(Hl7.code(MllpConnection.answer(MLLP_PORT, Hl7.referral(controlId, person))))
          .isEqualTo("AA");
      half.write(Arrays.copyOfRange(whole, whole.length / 2, whole.length));
      assertThat(Hl7.code(half.receive())).isEqualTo("AA");
    }
    assertThat(referralsOf(person)).hasSize(1);
  }

  /** The answer may or may not be read before the connection is gone; gone it is in the end. */
  private static void sendTwentyMegabytesAndRead(MllpConnection connection) throws IOException {
    byte[] start = MllpConnection.frame(Hl7.referral(Hl7.newControlId(), Person.next()));
    connection.write(Arrays.copyOf(start, start.length - 2));
    byte[] megabyte = new byte[1 << 20];
    Arrays.fill(megabyte, (byte) 'x');
    for (int i = 0; i < 20; i++) {
      connection.write(megabyte);
    }
    assertThat(Hl7.code(connection.receive())).isNotEqualTo("AA");
    connection.receive();
  }

  private static List<String> atOnce(List<String> messages) throws Exception {
    ExecutorService hospitals = Executors.newFixedThreadPool(messages.size());
    CyclicBarrier instant = new CyclicBarrier(messages.size());
    try {
      List<Callable<String>> sending = new ArrayList<>();
      for (String message : messages) {
        sending.add(() -> answerAt(instant, message));
      }
      List<String> answers = new ArrayList<>();
      for (Future<String> answer : hospitals.invokeAll(sending)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      hospitals.shutdownNow();
    }
  }

  private static String answerAt(CyclicBarrier instant, String message) throws Exception {
    try (MllpConnection connection = MllpConnection.to(MLLP_PORT)) {
      instant.await();
      connection.send(message);
      return connection.receive();
    }
  }

  private static ServiceRequest onlyReferral(String controlId) {
    List<ServiceRequest> found =
        SCHEME.search(
            ServiceRequest.class, "identifier=https://fingerpost.io/Id/message|Z9H01/" + controlId);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static Patient onlyPatient(Person person) {
    List<Patient> found = SCHEME.search(Patient.class, "identifier=" + person.identifier());
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<ServiceRequest> referralsOf(Person person) {
    return SCHEME.search(ServiceRequest.class, "patient=" + reference(onlyPatient(person)));
  }

  private static String reference(org.hl7.fhir.r4.model.Resource resource) {
    return resource.getIdElement().toUnqualifiedVersionless().getValue();
  }
}
