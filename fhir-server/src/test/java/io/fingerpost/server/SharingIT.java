package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.ALDHELM_PORT;
import static io.fingerpost.server.Wexcombe.BRAMLEY_PORT;
import static io.fingerpost.server.Wexcombe.GP;
import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The scheme takes a referral or does not, and the one who referred hears of it. */
@OneServer
class SharingIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Person person = Person.next();
  private final JdbcTemplate database;
  private final TransactionTemplate committed;

  @Autowired
  SharingIT(JdbcTemplate database, PlatformTransactionManager transactions) {
    this.database = database;
    this.committed = new TransactionTemplate(transactions);
  }

  /** What other tests' referrals are owed is not delivered here. */
  @BeforeEach
  void nothingIsOwedFromBefore() {
    committed.executeWithoutResult(
        open ->
            database.update(
                "update fingerpost.outbox set state = 'nobody', settled_at = now()"
                    + " where state = 'pending'"));
  }

  @Test
  void tellsTheHospitalOnceThatItsReferralIsAccepted() throws IOException {
    try (HospitalListener hospital = HospitalListener.on(ALDHELM_PORT)) {
      String controlId = refer(person);

      decide(controlId, TaskStatus.ACCEPTED);

      await().atMost(PATIENCE).until(() -> !hospital.received().isEmpty());
      String told = hospital.received().get(0);
      assertThat(Hl7.field(told, "MSH", 9)).startsWith("RRI^I12");
      assertThat(Hl7.field(told, "MSH", 5)).isEqualTo("ALDHELM");
      assertThat(told).contains("REF-" + controlId, person.nhsNumber());
      assertThat(told).doesNotContain(person.street(), person.family());
      decide(controlId, TaskStatus.INPROGRESS);
      allIsSettled();
      assertThat(hospital.received()).hasSize(1);
    }
  }

  @Test
  void tellsTheSurgeryOnceThatItsReferralIsRejected() throws IOException {
    try (GpEndpoint surgery = GpEndpoint.on(BRAMLEY_PORT)) {
      GpMessage message = new GpMessage(person);
      String id = UUID.randomUUID().toString();
      assertThat(
              GP.send(
                      "POST",
                      "/fhir/$process-message",
                      message.text(),
                      "X-Request-Id",
                      id,
                      "X-Correlation-Id",
                      id)
                  .status())
          .isEqualTo(200);

      Task task = taskOf("Z91001/urn:uuid:" + message.id());
      task.getStatusReason().setText("The person lives elsewhere.");
      SCHEME.update(task.setStatus(TaskStatus.REJECTED));

      await().atMost(PATIENCE).until(() -> !ofThis(surgery, message).isEmpty());
      allIsSettled();
      assertThat(ofThis(surgery, message)).hasSize(1);
      GpEndpoint.Received told = ofThis(surgery, message).get(0);
      assertThat(told.path()).isEqualTo("/fhir/$process-message");
      Bundle bundle =
          FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, told.body());
      assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.MESSAGE);
      assertThat(bundle.getEntryFirstRep().getResource()).isInstanceOf(MessageHeader.class);
      assertThat(told.body()).contains(message.id(), "rejected").doesNotContain(person.street());
    }
  }

  /** What other tests' referrals are owed may come now, too. */
  private static List<GpEndpoint.Received> ofThis(GpEndpoint surgery, GpMessage message) {
    return surgery.received().stream().filter(told -> told.body().contains(message.id())).toList();
  }

  @Test
  void tellsAHospitalThatWasDownInOrderAndOnceWhenItIsBack() throws IOException {
    List<String> controlIds = List.of(refer(person), refer(person), refer(person));
    for (String controlId : controlIds) {
      decide(controlId, TaskStatus.ACCEPTED);
    }
    decide(controlIds.get(0), TaskStatus.REJECTED);
    await().atMost(PATIENCE).until(() -> owed("attempts > 0") > 0);

    try (HospitalListener hospital = HospitalListener.on(ALDHELM_PORT)) {
      await().atMost(PATIENCE).until(() -> owed("true") == 0);

      assertThat(hospital.received())
          .extracting(told -> Hl7.field(told, "RF1", 6).split("\\^", -1)[0])
          .containsExactly(
              "REF-" + controlIds.get(0),
              "REF-" + controlIds.get(1),
              "REF-" + controlIds.get(2),
              "REF-" + controlIds.get(0));
      assertThat(hospital.received())
          .extracting(told -> Hl7.field(told, "MSH", 10))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void tellsOnceWhatAClockHadPutOffThatWasSetBackSince() throws IOException {
    decide(refer(person), TaskStatus.ACCEPTED);
    await().atMost(PATIENCE).until(() -> owed("attempts > 0") > 0);

    try (HospitalListener hospital = HospitalListener.on(ALDHELM_PORT)) {
      committed.executeWithoutResult(
          open ->
              database.update(
                  "update fingerpost.outbox set next_attempt_at = now() + interval '3 hours'"
                      + " where state = 'pending'"));

      allIsSettled();
      assertThat(hospital.received().stream().distinct()).hasSize(1);
    }
  }

  @Test
  void tellsNothingOfAReferralThatIsHeldOrNotDecidedUpon() throws IOException {
    try (HospitalListener hospital = HospitalListener.on(ALDHELM_PORT)) {
      String controlId = refer(person);
      Task task = taskOf("Z9H01/" + controlId);
      SCHEME.update(task.setStatus(TaskStatus.RECEIVED));
      allIsSettled();

      assertThat(hospital.received()).isEmpty();
    }
  }

  /** The sender hears how its referral stands whatever the person said about the rest. */
  @Test
  void tellsTheHospitalAlsoWhenThePersonHasWithdrawn() throws IOException {
    try (HospitalListener hospital = HospitalListener.on(ALDHELM_PORT)) {
      String controlId = refer(person);
      Patient patient = SCHEME.search(Patient.class, "identifier=" + person.identifier()).get(0);
      SCHEME
          .search(Consent.class, "patient=" + referenceTo(patient))
          .forEach(given -> SCHEME.update(given.setStatus(ConsentState.INACTIVE)));

      decide(controlId, TaskStatus.REJECTED);

      await().atMost(PATIENCE).until(() -> hospital.received().size() == 1);
    }
  }

  @Test
  void tellsWhatFailedWhenAnOperatorReplaysItOnceAndInOrder() throws IOException {
    List<String> controlIds = List.of(refer(person), refer(person));
    decide(controlIds.get(0), TaskStatus.ACCEPTED);
    decide(controlIds.get(1), TaskStatus.ACCEPTED);
    decide(controlIds.get(0), TaskStatus.REJECTED);
    await().atMost(PATIENCE).until(() -> owed("attempts > 0") > 0);
    assertThat(fail()).hasSize(3);

    try (HospitalListener hospital = HospitalListener.on(ALDHELM_PORT)) {
      assertThat(replay("{\"failed\": true}")).hasSize(3);
      assertThat(replay("{\"failed\": true}")).isEmpty();
      allIsSettled();

      assertThat(hospital.received())
          .extracting(told -> Hl7.field(told, "RF1", 6).split("\\^", -1)[0])
          .containsExactly(
              "REF-" + controlIds.get(0), "REF-" + controlIds.get(1), "REF-" + controlIds.get(0));
    }
  }

  /** The hospital would take an old yes for the answer after the no. */
  @Test
  void neverReplaysWhatLaterNewsOfTheSameReferralHasOvertaken() throws IOException {
    String controlId = refer(person);
    decide(controlId, TaskStatus.ACCEPTED);
    await().atMost(PATIENCE).until(() -> owed("attempts > 0") == 1);
    String share = fail().get(0);
    decide(controlId, TaskStatus.REJECTED);

    try (HospitalListener hospital = HospitalListener.on(ALDHELM_PORT)) {
      assertThat(replay("{\"share\": \"" + share + "\"}")).isEmpty();
      allIsSettled();
      assertThat(replay("{\"share\": \"" + share + "\"}")).isEmpty();

      assertThat(hospital.received()).hasSize(1);
    }
  }

  /** As when the partner refused it. */
  private List<String> fail() {
    List<String> failed =
        committed.execute(
            status ->
                database.queryForList(
                    "update fingerpost.outbox set state = 'failed', reason = 'AE'"
                        + " where state = 'pending' returning id",
                    String.class));
    return failed == null ? List.of() : failed;
  }

  private static JsonNode replay(String which) {
    Answer answer =
        OPERATOR.send("POST", "/console/api/replay", which, "Content-Type", "application/json");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static String refer(Person person) throws IOException {
    String controlId = Hl7.newControlId();
    String answer = MllpConnection.answer(MLLP_PORT, Hl7.referral(controlId, person));
    assertThat(Hl7.code(answer)).isEqualTo("AA");
    return controlId;
  }

  private static void decide(String controlId, TaskStatus status) {
    Task task = taskOf("Z9H01/" + controlId);
    if (status == TaskStatus.REJECTED) {
      task.getStatusReason().setText("The person lives elsewhere.");
    }
    SCHEME.update(task.setStatus(status));
  }

  private static Task taskOf(String message) {
    ServiceRequest request =
        SCHEME
            .search(ServiceRequest.class, "identifier=https://fingerpost.io/Id/message|" + message)
            .get(0);
    return SCHEME.search(Task.class, "focus=" + referenceTo(request)).get(0);
  }

  private void allIsSettled() {
    await().atMost(PATIENCE).until(() -> owed("true") == 0);
  }

  private int owed(String condition) {
    Integer count =
        database.queryForObject(
            "select count(*) from fingerpost.outbox where state = 'pending' and " + condition,
            Integer.class);
    return count == null ? 0 : count;
  }
}
