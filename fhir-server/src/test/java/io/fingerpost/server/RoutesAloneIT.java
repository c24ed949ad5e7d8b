package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.ALDHELM_PORT;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Routes without a store of their own take referrals and store them through the FHIR API. */
@OneServer
class RoutesAloneIT {

  private static RoutesProcess routes;

  private final JdbcTemplate database;
  private final TransactionTemplate committed;
  private final Person person = Person.next();
  private final String controlId = Hl7.newControlId();

  @Autowired
  RoutesAloneIT(JdbcTemplate database, PlatformTransactionManager transactions) {
    this.database = database;
    this.committed = new TransactionTemplate(transactions);
  }

  @BeforeAll
  static void startRoutes(@Autowired HikariDataSource database) throws IOException {
    routes = RoutesProcess.on(database);
  }

  @AfterAll
  static void stopRoutes() {
    routes.close();
  }

  @Test
  void areReadyWhileTheStoreAnswers() {
    URI readiness =
        URI.create("http://localhost:" + routes.httpPort + "/actuator/health/readiness");

    // Councils' folders are looked for after the start.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ApiClient.send(HttpRequest.newBuilder(readiness).build()).status() == 200);
  }

  @Test
  void acknowledgeAReferralOnceTheServerHasIt() throws IOException {
    String message = Hl7.referral(controlId, person);

    assertThat(Hl7.code(MllpConnection.answer(routes.mllpPort, message))).isEqualTo("AA");
    assertThat(Hl7.code(MllpConnection.answer(routes.mllpPort, message))).isEqualTo("AA");

    assertThat(referrals("Z9H01/" + controlId)).hasSize(1);
  }

  @Test
  void tellTheSenderWhatIsWrongInItsMessage() throws IOException {
    String answer =
        MllpConnection.answer(routes.mllpPort, Hl7.referral(controlId, person.withWrongNumber()));

    assertThat(Hl7.code(answer)).isEqualTo("AE");
    assertThat(answer).contains("NHS_NUMBER_INVALID");
  }

  @Test
  void takeAReferralFromASurgery() {
    GpMessage message = new GpMessage(person);
    ApiClient surgery = new ApiClient(Wexcombe.SERVER, "gp", Wexcombe.key("gp"));
    String id = UUID.randomUUID().toString();
    String address = "http://localhost:" + routes.httpPort + "/fhir/$process-message";

    assertThat(
            surgery
                .send("POST", address, message.text(), "X-Request-Id", id, "X-Correlation-Id", id)
                .status())
        .isEqualTo(200);
    assertThat(
            Wexcombe.COUNCIL
                .send("POST", address, message.text(), "X-Request-Id", id, "X-Correlation-Id", id)
                .status())
        .as("no scope for it")
        .isEqualTo(403);

    assertThat(referrals("Z91001/urn:uuid:" + message.id())).hasSize(1);
  }

  @Test
  void putOnRecordAtTheServerWhoReadsAMessage() throws IOException {
    MllpConnection.answer(routes.mllpPort, Hl7.referral(controlId, person));
    String message =
        database.queryForObject(
            "select id from fingerpost.message where message_id = ?", String.class, controlId);
    String patient = referrals("Z9H01/" + controlId).get(0).getSubject().getReference();

    assertThat(
            Wexcombe.OPERATOR
                .send(
                    "POST",
                    "http://localhost:"
                        + routes.httpPort
                        + "/console/api/messages/"
                        + message
                        + "/body",
                    "{\"reason\": \"the ward asks what it had sent\"}",
                    "Content-Type",
                    "application/json")
                .status())
        .isEqualTo(200);

    assertThat(
            Wexcombe.OPERATOR.search(AuditEvent.class, "subtype=MESSAGE_READ&patient=" + patient))
        .hasSize(1);
  }

  /** As when the process dies after the store has committed, and before the log says so. */
  @Test
  void storeNothingAgainThatWasStoredAndNotLogged() throws IOException {
    MllpConnection.answer(routes.mllpPort, Hl7.referral(controlId, person));
    String stored = referenceTo(referrals("Z9H01/" + controlId).get(0));
    committed.executeWithoutResult(
        status ->
            database.update(
                "update fingerpost.message set state = 'received', reference = null,"
                    + " settled_at = null, attempts = 0, next_attempt_at = now()"
                    + " where message_id = ?",
                controlId));

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                stored.equals(
                    database.queryForObject(
                        "select reference from fingerpost.message where message_id = ?",
                        String.class,
                        controlId)));

    assertThat(referrals("Z9H01/" + controlId)).hasSize(1);
    assertThat(SCHEME.search(Provenance.class, "target=" + stored)).hasSize(1);
    assertThat(SCHEME.search(Task.class, "focus=" + stored)).hasSize(1);
  }

  @Test
  void holdAReferralUntilItIsDecidedWhomItIsAbout() throws IOException {
    MllpConnection.answer(routes.mllpPort, Hl7.referral(Hl7.newControlId(), person));
    String held = Hl7.referral(controlId, person.bornOn("1947-08-02"));
    assertThat(MllpConnection.answer(routes.mllpPort, held)).contains("PERSON_MISMATCH");
    assertThat(referrals("Z9H01/" + controlId)).isEmpty();
    String task =
        database.queryForObject(
            "select reference from fingerpost.message where message_id = ? and state = 'held'",
            String.class,
            controlId);

    assertThat(
            SCHEME
                .send(
                    "POST",
                    "/fhir/" + task + "/$match-decision",
                    """
                    {"resourceType": "Parameters", "parameter": [
                      {"name": "decision", "valueCode": "same"},
                      {"name": "reason", "valueString": "Seen at the desk; decided by E. Weaver."}]}
                    """)
                .status())
        .isEqualTo(200);

    await().atMost(Duration.ofSeconds(30)).until(() -> referrals("Z9H01/" + controlId).size() == 1);
    assertThat(MllpConnection.answer(routes.mllpPort, held)).doesNotContain("PERSON_MISMATCH");
  }

  @Test
  void haveTheReferrerHearOfIt() throws IOException {
    MllpConnection.answer(routes.mllpPort, Hl7.referral(controlId, person));
    String stored = referenceTo(referrals("Z9H01/" + controlId).get(0));

    try (HospitalListener hospital = HospitalListener.on(ALDHELM_PORT)) {
      Task task = SCHEME.search(Task.class, "focus=" + stored).get(0);
      SCHEME.update(task.setStatus(TaskStatus.ACCEPTED));

      await().atMost(Duration.ofSeconds(30)).until(() -> !hospital.received().isEmpty());
      assertThat(hospital.received().get(0)).contains("REF-" + controlId);
    }
  }

  private static List<ServiceRequest> referrals(String message) {
    return SCHEME.search(
        ServiceRequest.class, "identifier=https://fingerpost.io/Id/message|" + message);
  }
}
