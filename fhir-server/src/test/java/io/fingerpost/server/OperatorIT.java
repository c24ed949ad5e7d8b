package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.routes.reliability.MessageLog;
import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What operators see of kept messages and do to them, by HTTP. */
@OneServer
class OperatorIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The first message of a run is stored by a program that has stored none before. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String MESSAGES = "/console/api/messages";
  private static final String WHY = "The surgery telephoned: one digit was mistyped";

  private final JdbcTemplate database;
  private final TransactionTemplate committed;
  private final MessageLog log;
  private final Person person = Person.next();
  private final String controlId = Hl7.newControlId();

  @Autowired
  OperatorIT(JdbcTemplate database, PlatformTransactionManager transactions, MessageLog log) {
    this.database = database;
    this.log = log;
    this.committed = new TransactionTemplate(transactions);
  }

  @Test
  void listsWhatIsKnownOfMessagesAndNothingTheySay() throws IOException {
    Instant before = Instant.now().minusSeconds(1);
    String refused = refused();
    String stored = stored(Hl7.newControlId());

    List<JsonNode> listed = all("sender=Z9H01&channel=hospital-hl7v2&limit=1&since=" + before);
    assertThat(ids(listed)).contains(refused, stored).doesNotHaveDuplicates();
    assertThat(ids(all("state=refused&limit=500"))).contains(refused).doesNotContain(stored);
    assertThat(ids(all("sender=Z9H02"))).doesNotContain(refused, stored);
    assertThat(ids(all("until=2000-01-01"))).isEmpty();
    assertThat(ids(all("limit=500&since=2020-01-01T00:00:00Z"))).contains(refused);

    Answer one = OPERATOR.get(MESSAGES + "/" + refused);
    assertThat(one.json().at("/message/refusal/code").asText()).isEqualTo("NHS_NUMBER_INVALID");
    assertThat(one.json().at("/message/refusal/location").asText()).isEqualTo("PID-3");
    assertThat(one.body() + listed)
        .doesNotContain(person.family(), person.street(), person.nhsNumber());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?state=lost",
        "?since=yesterday",
        "?until=2026-13-01",
        "?limit=0",
        "?limit=x",
        "?after=here",
        "?after=2026-03-01~x",
        "/4711"
      })
  void tellsWhatItCannotRead(String query) {
    Answer answer = OPERATOR.get(MESSAGES + query);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("title").asText()).matches("[A-Z]+_(UNKNOWN|INVALID)");
  }

  @Test
  void isThereForOperatorsAlone() throws IOException {
    String id = refused();
    for (ApiClient other : List.of(SCHEME, Wexcombe.HOSPITAL, Wexcombe.ANALYST)) {
      assertThat(other.get(MESSAGES).status()).isEqualTo(403);
      assertThat(post(other, "/" + id + "/body", stated(WHY)).status()).isEqualTo(403);
      assertThat(post(other, "/" + id + "/discarded", stated(WHY)).status()).isEqualTo(403);
    }
  }

  @Test
  void showsABodyForAReasonThatIsOnRecordWithItsReader() throws IOException {
    String id = stored(controlId);
    ServiceRequest referral = referrals().get(0);
    assertThat(post(OPERATOR, "/" + id + "/body", stated(" too short ")).status()).isEqualTo(400);
    assertThat(post(OPERATOR, "/" + id + "/body", JSON.createObjectNode()).status()).isEqualTo(400);
    assertThat(acts(id)).isEmpty();

    Answer shown = post(OPERATOR, "/" + id + "/body", stated(WHY));

    assertThat(shown.status()).as(shown.body()).isEqualTo(200);
    assertThat(shown.header("Cache-Control")).contains("no-store");
    assertThat(decoded(shown.json().path("body").asText()))
        .isEqualTo(Hl7.referral(controlId, person));
    assertThat(acts(id))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("MESSAGE_READ");
              assertThat(event.getAgentFirstRep().getName()).isEqualTo("operator");
              assertThat(text(event)).contains(WHY);
            });
    assertThat(
            OPERATOR.search(
                AuditEvent.class,
                "subtype=MESSAGE_READ&patient=" + referral.getSubject().getReference()))
        .as("who read about this person")
        .hasSize(1);
    assertThat(Files.readString(Wexcombe.LOG)).contains("outcome=shown").doesNotContain(WHY);
  }

  @Test
  void worksOnAnEditedMessageBesideAnOriginalThatStays() throws IOException {
    String id = refused();
    String first = MllpConnection.answer(MLLP_PORT, faulty());

    Answer edited = post(OPERATOR, "/" + id + "/edited", edit(Hl7.referral(controlId, person)));

    assertThat(edited.status()).as(edited.body()).isEqualTo(201);
    String editedId = edited.json().path("id").asText();
    assertThat(edited.header("Location")).endsWith(editedId);
    await().atMost(PATIENCE).until(() -> state(editedId).equals("stored"));
    assertThat(referrals()).as("under the sender's own id").hasSize(1);

    JsonNode original = OPERATOR.get(MESSAGES + "/" + id).json();
    assertThat(original.at("/message/state").asText()).isEqualTo("refused");
    assertThat(original.at("/editions/0").asText()).isEqualTo(editedId);
    JsonNode beside = OPERATOR.get(MESSAGES + "/" + editedId).json().path("message");
    assertThat(beside.path("editedFrom").asText()).isEqualTo(id);
    assertThat(beside.at("/edited/client").asText()).isEqualTo("operator");
    assertThat(beside.at("/edited/reason").asText()).isEqualTo(WHY);
    assertThat(acts(id))
        .extracting(event -> event.getSubtypeFirstRep().getCode())
        .contains("MESSAGE_EDITED");

    assertThat(field(MllpConnection.answer(MLLP_PORT, faulty()), "MSA"))
        .as("the sender's own gets its first answer again")
        .isEqualTo(field(first, "MSA"));
    Answer again = post(OPERATOR, "/" + id + "/edited", edit(Hl7.referral(controlId, person)));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("title").asText()).isEqualTo("MESSAGE_STORED");
    assertThat(referrals()).hasSize(1);
  }

  @Test
  void editsNothingThatIsStored() throws IOException {
    String id = stored(controlId);

    Answer answer = post(OPERATOR, "/" + id + "/edited", edit(faulty()));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("title").asText()).isEqualTo("MESSAGE_STORED");
    assertThat(post(OPERATOR, "/" + id + "/discarded", stated(WHY)).status()).isEqualTo(409);
  }

  /** Ten operators edit and replay while the sender repeats itself: one referral comes of it. */
  @Test
  void storesOneOfAllThatIsTriedAtOnce() throws IOException {
    String id = failed();
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ObjectNode edit = edit(Hl7.referral(controlId, person));
      all.add(
          CompletableFuture.supplyAsync(() -> post(OPERATOR, "/" + id + "/edited", edit).status()));
      all.add(CompletableFuture.supplyAsync(() -> replay("message", id).status()));
    }
    String repeated = MllpConnection.answer(MLLP_PORT, Hl7.referral(controlId, person));
    assertThat(Hl7.code(repeated)).isIn("AA", "AR");
    List<Integer> statuses = all.stream().map(CompletableFuture::join).toList();

    assertThat(statuses).allMatch(status -> List.of(200, 201, 409).contains(status));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                family(id).filter(each -> state(each).equals("stored")).count() == 1
                    && family(id).noneMatch(each -> state(each).equals("received")));
    assertThat(referrals()).hasSize(1);
  }

  @Test
  void discardsForAReasonAndTellsTheSender() throws IOException {
    String id = failed();
    assertThat(post(OPERATOR, "/" + id + "/discarded", stated("")).status()).isEqualTo(400);

    Answer discarded = post(OPERATOR, "/" + id + "/discarded", stated(WHY));

    assertThat(discarded.status()).as(discarded.body()).isEqualTo(200);
    assertThat(discarded.json().path("state").asText()).isEqualTo("discarded");
    assertThat(replay("message", id).json()).isEmpty();
    assertThat(MllpConnection.answer(MLLP_PORT, Hl7.referral(controlId, person)))
        .contains("MSA|AE|", "MESSAGE_DISCARDED");
    assertThat(state(id)).isEqualTo("discarded");
    assertThat(post(OPERATOR, "/" + id + "/body", stated(WHY)).status()).as("kept").isEqualTo(200);
    assertThat(referrals()).isEmpty();
  }

  @Test
  void replaysAndDiscardsByTime() throws IOException {
    String early = failed(controlId, person, "2010-01-01T00:00:00Z");
    String late = failed(Hl7.newControlId(), Person.next(), "2010-01-02T00:00:00Z");

    ObjectNode nobodys = JSON.createObjectNode().put("since", "2010-01-01").put("reason", WHY);
    nobodys.put("until", "2010-01-03").put("sender", "Z9H02");
    assertThat(post(OPERATOR, "/discarded", nobodys).json()).isEmpty();
    assertThat(post(OPERATOR, "/discarded", stated(WHY)).json().path("title").asText())
        .isEqualTo("DISCARD_UNCLEAR");
    assertThat(replay("untill", "2010-01-02").status()).as("misspelt").isEqualTo(400);

    Answer replayed = replay("until", "2010-01-01T12:00:00Z");
    assertThat(replayed.body()).contains(early).doesNotContain(late);
    await().atMost(PATIENCE).until(() -> state(early).equals("stored"));

    nobodys.put("sender", "Z9H01");
    assertThat(post(OPERATOR, "/discarded", nobodys).body()).contains(late).doesNotContain(early);
    assertThat(state(late)).isEqualTo("discarded");
  }

  private String faulty() {
    return Hl7.referral(controlId, person.withWrongNumber());
  }

  private String refused() throws IOException {
    assertThat(Hl7.code(MllpConnection.answer(MLLP_PORT, faulty()))).isEqualTo("AE");
    return idOf(controlId);
  }

  private String stored(String id) throws IOException {
    assertThat(Hl7.code(MllpConnection.answer(MLLP_PORT, Hl7.referral(id, person))))
        .isEqualTo("AA");
    return idOf(id);
  }

  /** As when the store was away when it came, for longer than it is tried. */
  private String failed() {
    return failed(controlId, person, "2026-03-03T10:15:00Z");
  }

  private String failed(String control, Person about, String receivedAt) {
    UUID id = UUID.randomUUID();
    Instant at = Instant.parse(receivedAt);
    byte[] body = Hl7.referral(control, about).getBytes(StandardCharsets.UTF_8);
    committed.executeWithoutResult(
        status -> {
          log.keep(new KeptMessage(id, "Z9H01", control, "hospital-hl7v2", at, body), at);
          log.markFailed(id, null);
        });
    return id.toString();
  }

  private String idOf(String control) {
    return database.queryForObject(
        "select id from fingerpost.message where sender = 'Z9H01' and message_id = ?",
        String.class,
        control);
  }

  private static String state(String id) {
    return OPERATOR.get(MESSAGES + "/" + id).json().at("/message/state").asText();
  }

  private static Stream<String> family(String id) {
    List<String> all = new ArrayList<>(List.of(id));
    OPERATOR
        .get(MESSAGES + "/" + id)
        .json()
        .path("editions")
        .forEach(edition -> all.add(edition.asText()));
    return all.stream();
  }

  private List<ServiceRequest> referrals() {
    return SCHEME.search(
        ServiceRequest.class, "identifier=https://fingerpost.io/Id/message|Z9H01/" + controlId);
  }

  private static List<AuditEvent> acts(String message) {
    return OPERATOR.search(AuditEvent.class, "agent-name=operator").stream()
        .filter(event -> event.getSubtypeFirstRep().getCode().startsWith("MESSAGE_"))
        .filter(event -> text(event).contains(message))
        .toList();
  }

  private static String text(AuditEvent event) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(event);
  }

  private static List<JsonNode> all(String query) {
    List<JsonNode> all = new ArrayList<>();
    String after = "";
    do {
      Answer answer = OPERATOR.get(MESSAGES + "?" + query + after);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      answer.json().path("messages").forEach(all::add);
      JsonNode next = answer.json().path("next");
      after = next.isTextual() ? "&after=" + next.asText() : "";
    } while (!after.isEmpty());
    return all;
  }

  private static List<String> ids(List<JsonNode> messages) {
    return messages.stream().map(message -> message.path("id").asText()).toList();
  }

  private static ObjectNode stated(String reason) {
    return JSON.createObjectNode().put("reason", reason);
  }

  private static ObjectNode edit(String message) {
    return stated(WHY)
        .put("body", Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static String field(String answer, String segment) {
    return Hl7.field(answer, segment, 1) + Hl7.field(answer, segment, 3);
  }

  private static Answer replay(String by, String what) {
    return OPERATOR.send(
        "POST",
        "/console/api/replay",
        JSON.createObjectNode().put(by, what).toString(),
        "Content-Type",
        "application/json");
  }

  private static Answer post(ApiClient client, String path, ObjectNode body) {
    return client.send(
        "POST", MESSAGES + path, body.toString(), "Content-Type", "application/json");
  }
}
