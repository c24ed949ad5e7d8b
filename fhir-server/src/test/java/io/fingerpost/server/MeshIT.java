package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.GP;
import static io.fingerpost.server.Wexcombe.MAILBOX;
import static io.fingerpost.server.Wexcombe.MESH;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static io.fingerpost.server.Wexcombe.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import com.zaxxer.hikari.HikariDataSource;
import io.fingerpost.server.MeshSandbox.Sent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.MessageHeader.ResponseType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A surgery refers by MESH, and MESH does what it may do. */
@OneServer
class MeshIT {

  private static final String SURGERY = "X26Z91001";

  private final JdbcTemplate database;
  private final Person person = Person.next();
  private final GpMessage message = new GpMessage(person);

  @Autowired
  MeshIT(JdbcTemplate database) {
    this.database = database;
  }

  @AfterEach
  void behave() {
    MESH.behave();
  }

  @Test
  void isReachedWithOurCertificateAlone() {
    HttpClient nobody =
        HttpClient.newBuilder().sslContext(Wexcombe.AUTHORITY.contextOf(null)).build();
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("https://localhost:" + Wexcombe.MESH_PORT)).build();

    assertThatThrownBy(() -> nobody.send(question, BodyHandlers.discarding()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void storesAReferralAndAnswersToTheMailboxItCameFrom() {
    String id = lay(message.text());

    Bundle answer = answerTo(message.id());

    MessageHeader header = first(answer, MessageHeader.class);
    assertThat(header.getEventCoding().getCode()).isEqualTo("servicerequest-response");
    assertThat(header.getResponse().getCode()).isEqualTo(ResponseType.OK);
    ServiceRequest told = first(answer, ServiceRequest.class);
    assertThat(told.getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
    assertThat(referrals()).singleElement();
    assertThat(referrals().get(0).getIdElement().getIdPart())
        .isEqualTo(told.getIdElement().getIdPart());
    assertThat(answersTo(message.id()).get(0).workflow()).isEqualTo(WORKFLOW + "_ACK");
    awaitAcknowledged(id);
  }

  @Test
  void takesItInPartsAndCompressed() {
    byte[] gzip = MeshSandbox.gzip(message.text().getBytes(StandardCharsets.UTF_8));
    String id =
        MESH.lay(
            MAILBOX,
            SURGERY,
            WORKFLOW,
            MeshSandbox.cut(gzip, 300),
            Map.of("Mex-Content-Compressed", "Y"));

    answerTo(message.id());

    assertThat(referrals()).hasSize(1);
    awaitAcknowledged(id);
  }

  @Test
  void tellsTheSenderWhatIsToBeMended() {
    GpMessage wrong = new GpMessage(person.withWrongNumber());
    String id = lay(wrong.text());

    assertThat(refusal(answerTo(wrong.id()))).isEqualTo("NHS_NUMBER_INVALID");

    awaitAcknowledged(id);
    assertThat(state(id)).isEqualTo("Z91001 refused NHS_NUMBER_INVALID");
    assertThat(answersTo(wrong.id()).get(0).body())
        .doesNotContain(person.family(), person.nhsNumber(), person.street());
  }

  @Test
  void keepsWhatIsNoMessageAtAllAndAnswersToMeshsOwnIdOfIt() {
    String id = lay("MSH|^~\\&|ALDHELM|Z9H01");

    assertThat(refusal(answerTo(id))).isEqualTo("MESSAGE_MALFORMED");

    awaitAcknowledged(id);
    assertThat(state(id)).isEqualTo("Z91001 refused MESSAGE_MALFORMED");
  }

  @Test
  void keepsAndRefusesWhatAStrangerSends() {
    String id = MESH.lay(MAILBOX, "X26STRANGER", WORKFLOW, message.text());

    await().until(() -> !MESH.sentTo("X26STRANGER").isEmpty());

    awaitAcknowledged(id);
    assertThat(state(id)).isEqualTo("mesh:X26STRANGER refused SENDER_UNKNOWN");
    assertThat(referrals()).isEmpty();
  }

  @Test
  void keepsWhatCameByAnotherWorkflowAndAnswersNothing() {
    String id = MESH.lay(MAILBOX, SURGERY, "WEX_REFERRAL_ACK", message.text());

    awaitAcknowledged(id);

    assertThat(state(id)).isEqualTo("Z91001 refused TYPE_UNSUPPORTED");
    storesAnother();
    assertThat(answersTo(message.id())).isEmpty();
    assertThat(referrals()).isEmpty();
  }

  @Test
  void neverUnpacksABomb() {
    byte[] bomb = MeshSandbox.gzip(new byte[20_000_000]);
    String id =
        MESH.lay(MAILBOX, SURGERY, WORKFLOW, List.of(bomb), Map.of("Mex-Content-Compressed", "Y"));

    assertThat(refusal(answerTo(id))).isEqualTo("MESSAGE_TOO_LARGE");

    awaitAcknowledged(id);
  }

  @Test
  void refusesOneThatIsTooLargeAfterTheFirstByteTooMany() {
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    String id = MESH.lay(MAILBOX, SURGERY, WORKFLOW, MeshSandbox.cut(large, 700_000), Map.of());

    assertThat(refusal(answerTo(id))).isEqualTo("MESSAGE_TOO_LARGE");

    awaitAcknowledged(id);
  }

  @Test
  void takesAReportForAReport() {
    lay(message.text());
    answerTo(message.id());
    String letter = answersTo(message.id()).get(0).localId();
    await().until(() -> !meshIdOf(letter).isEmpty());
    String meshId = meshIdOf(letter);

    String id =
        MESH.lay(
            MAILBOX,
            "",
            WORKFLOW + "_ACK",
            List.of(),
            Map.of(
                "Mex-MessageType", "REPORT",
                "Mex-StatusSuccess", "ERROR",
                "Mex-StatusCode", "14",
                "Mex-LinkedMsgID", meshId));

    awaitAcknowledged(id);
    assertThat(
            database.queryForObject(
                "select state || ' ' || reason from fingerpost.mesh_sent where id::text = ?",
                String.class,
                letter))
        .isEqualTo("failed REPORT 14");
    assertThat(
            database.queryForObject(
                "select kind from fingerpost.mesh_received where mesh_id = ? and message is null",
                String.class,
                id))
        .isEqualTo("report");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 403, 410, 404})
  void triesAgainWhatMeshWouldNotGive(int status) {
    MESH.answer("GET .*/inbox/", status, 2);
    String id = lay(message.text());

    answerTo(message.id());

    awaitAcknowledged(id);
    assertThat(referrals()).hasSize(1);
  }

  @Test
  void storesNothingOfHalfAPart() {
    MESH.breakOff("GET .*/inbox/[^/]+/2$");
    String id =
        MESH.lay(
            MAILBOX,
            SURGERY,
            WORKFLOW,
            MeshSandbox.cut(message.text().getBytes(StandardCharsets.UTF_8), 1000),
            Map.of());

    answerTo(message.id());

    awaitAcknowledged(id);
    assertThat(MESH.fetched()).filteredOn(id::equals).hasSize(2);
    assertThat(referrals()).hasSize(1);
  }

  @Test
  void acknowledgesAgainWhatMeshDidNotTake() {
    MESH.answer("PUT ", 500, 1);
    String id = lay(message.text());

    answerTo(message.id());

    awaitAcknowledged(id);
    assertThat(MESH.acknowledged()).filteredOn(id::equals).hasSize(1);
    assertThat(MESH.fetched()).filteredOn(id::equals).hasSize(1);
    assertThat(referrals()).hasSize(1);
    assertThat(answersTo(message.id())).hasSize(1);
  }

  /** MESH took the answer and did not say so. */
  @Test
  void sendsAnAnswerOnceThoughMeshKeepsSilentAboutIt() {
    MESH.denyHavingDone("POST .*/outbox$");
    lay(message.text());
    answerTo(message.id());

    await()
        .until(
            () ->
                Boolean.TRUE.equals(
                    database.queryForObject(
                        "select state = 'sent' from fingerpost.mesh_sent where id::text = ?",
                        Boolean.class,
                        answersTo(message.id()).get(0).localId())));

    assertThat(answersTo(message.id())).hasSize(1);
  }

  @Test
  void givesTheFirstAnswerToTheSameMessageSentAgain() {
    lay(message.text());
    answerTo(message.id());

    String again = lay(message.text());

    await().until(() -> answersTo(message.id()).size() == 2);
    awaitAcknowledged(again);
    List<Sent> answers = answersTo(message.id());
    assertThat(answers.get(1).body()).isEqualTo(answers.get(0).body());
    assertThat(referrals()).hasSize(1);
  }

  @Test
  void keepsAnotherMessageUnderTheSameIdBesideTheFirst() {
    lay(message.text());
    answerTo(message.id());
    message.resource("ServiceRequest").put("priority", "urgent");

    String another = lay(message.text());

    await().until(() -> answersTo(message.id()).size() == 2);
    awaitAcknowledged(another);
    assertThat(refusal(parsed(answersTo(message.id()).get(1)))).isEqualTo("MESSAGE_ID_REUSED");
    assertThat(state(another)).isEqualTo("Z91001 refused MESSAGE_ID_REUSED");
    assertThat(referrals()).hasSize(1);
  }

  @Test
  void storesOnceWhatComesByHttpAndByMesh() {
    String id = UUID.randomUUID().toString();
    String[] headers = {"X-Request-Id", id, "X-Correlation-Id", id};
    assertThat(GP.send("POST", "/fhir/$process-message", message.text(), headers).status())
        .isEqualTo(200);

    lay(message.text());

    answerTo(message.id());
    assertThat(referrals()).hasSize(1);
  }

  @Test
  void takesAReferralBack() {
    lay(message.text());
    answerTo(message.id());
    GpMessage later = message.saying("update", "revoked", "2026-03-03T10:00:00Z", person);

    lay(later.text());

    assertThat(first(answerTo(later.id()), ServiceRequest.class).getStatus())
        .isEqualTo(ServiceRequestStatus.REVOKED);
    assertThat(referrals())
        .singleElement()
        .extracting(ServiceRequest::getStatus)
        .isEqualTo(ServiceRequestStatus.REVOKED);
  }

  /** A node died with the lease, and all clocks have been set back by three hours since. */
  @Test
  void isLookedIntoThoughItsLeaseLooksAsIfItWereToLastForHours(
      @Autowired PlatformTransactionManager transactions) {
    answerTo(laid(message));
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            open ->
                database.update(
                    "update fingerpost.mesh_mailbox set holder = gen_random_uuid(),"
                        + " held_until = now() + interval '3 hours'"));

    storesAnother();
  }

  private static String laid(GpMessage message) {
    lay(message.text());
    return message.id();
  }

  /** Two programs on one database look into one mailbox. */
  @Test
  void isLookedIntoByOneNodeAtATime(@Autowired HikariDataSource database) throws Exception {
    Map<String, Object> settings =
        new LinkedHashMap<>(
            Wexcombe.Setting.mesh(Wexcombe.DATA, "https://localhost:" + Wexcombe.MESH_PORT));
    settings.putAll(Wexcombe.Setting.certificates());
    RoutesProcess.routesAlone(settings);
    ConfigurableApplicationContext other = RoutesProcess.run(settings, database);
    try {
      List<GpMessage> messages = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        GpMessage one = new GpMessage(Person.next());
        messages.add(one);
        ids.add(lay(one.text()));
      }
      for (GpMessage one : messages) {
        answerTo(one.id());
      }
      ids.forEach(MeshIT::awaitAcknowledged);
      storesAnother();
      for (int i = 0; i < ids.size(); i++) {
        assertThat(MESH.fetched()).filteredOn(ids.get(i)::equals).hasSize(1);
        assertThat(MESH.acknowledged()).filteredOn(ids.get(i)::equals).hasSize(1);
        assertThat(answersTo(messages.get(i).id())).hasSize(1);
      }
      assertThat(
              this.database.queryForObject(
                  "select count(*) from fingerpost.mesh_mailbox", Integer.class))
          .isEqualTo(1);
    } finally {
      other.close();
    }
  }

  private static String lay(String text) {
    return MESH.lay(MAILBOX, SURGERY, WORKFLOW, text);
  }

  /** Something that comes later has been through: whatever came before has been, too. */
  private static void storesAnother() {
    GpMessage later = new GpMessage(Person.next());
    lay(later.text());
    answerTo(later.id());
  }

  private static Bundle answerTo(String id) {
    return parsed(
        await()
            .atMost(Duration.ofSeconds(40))
            .until(() -> answersTo(id), answers -> !answers.isEmpty())
            .get(0));
  }

  private static List<Sent> answersTo(String id) {
    return MESH.sentTo(SURGERY).stream()
        .filter(sent -> sent.mailbox().equals(MAILBOX))
        .filter(
            sent ->
                first(parsed(sent), MessageHeader.class).getResponse().getIdentifier().equals(id))
        .toList();
  }

  private static Bundle parsed(Sent sent) {
    return FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, sent.body());
  }

  private static <T extends Resource> T first(Bundle bundle, Class<T> type) {
    return bundle.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private static String refusal(Bundle answer) {
    assertThat(first(answer, MessageHeader.class).getResponse().getCode())
        .isEqualTo(ResponseType.FATALERROR);
    return first(answer, OperationOutcome.class)
        .getIssueFirstRep()
        .getDetails()
        .getCoding()
        .stream()
        .filter(coding -> coding.getSystem().equals("https://fingerpost.io/CodeSystem/refusal"))
        .findFirst()
        .orElseThrow()
        .getCode();
  }

  private static void awaitAcknowledged(String id) {
    await().atMost(Duration.ofSeconds(20)).until(() -> MESH.acknowledged().contains(id));
  }

  /** Nothing until MESH has said that it took it. */
  private String meshIdOf(String letter) {
    return String.join(
        "",
        database.queryForList(
            "select coalesce(mesh_id, '') from fingerpost.mesh_sent where id::text = ?",
            String.class,
            letter));
  }

  private String state(String meshId) {
    return String.valueOf(
        database.queryForObject(
            """
            select message.sender || ' ' || message.state || ' ' || message.refusal_code
            from fingerpost.mesh_received received
            join fingerpost.message message on message.id = received.message
            where received.mesh_id = ?
            """,
            String.class,
            meshId));
  }

  private List<ServiceRequest> referrals() {
    return SCHEME.search(ServiceRequest.class, "patient.identifier=" + person.identifier());
  }
}
