package io.fingerpost.routes.inbound.housing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.reliability.MessageLog;
import io.fingerpost.routes.reliability.Refusal;
import io.fingerpost.routes.store.SentReferrals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.unit.DataSize;

/** What a landlord is answered, with a spine that answers as it is told. */
class HousingControllerTest {

  private static final UUID RECEIPT = UUID.fromString("0b0f9a6e-4a39-4a57-8d5c-52b6d3f2a003");
  private static final String REFERRAL =
      """
      {"reference":"WH-1","referredAt":"2026-03-02T09:30:00Z","reasons":[{"need":"money"}],
       "person":{"id":"P-1","name":{"family":"Attwater"}}}""";

  private final List<String> kept = new ArrayList<>();
  private Outcome outcome = new Outcome.Stored("ServiceRequest/42");
  private boolean isBroken;

  private final Intake intake =
      new Intake() {
        @Override
        public Receipt receive(String sender, String messageId, byte[] body) {
          if (isBroken) {
            throw new IllegalStateException("no database");
          }
          kept.add(sender + " " + messageId);
          return new Receipt(RECEIPT, WexcombeHomes.NOW, false, outcome);
        }

        @Override
        public Receipt refuse(String sender, String id, byte[] body, MessageRefused refusal) {
          throw new AssertionError("everything goes to the translator");
        }
      };

  @BeforeEach
  void signIn() {
    signIn("demo-landlord");
  }

  @AfterEach
  void signOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void givesAReferenceOnceItIsStored() throws IOException {
    ResponseEntity<Map<String, Object>> answer = post(REFERRAL, "K1");

    assertThat(answer.getStatusCode().value()).isEqualTo(202);
    assertThat(answer.getBody()).isEqualTo(Map.of("reference", RECEIPT.toString()));
    assertThat(answer.getHeaders().getLocation()).hasToString("/housing/referrals/" + RECEIPT);
    assertThat(kept).containsExactly("Z9L01 K1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"K1", "\"K1\"", " K1 "})
  void readsAKeyWithQuotationMarksAndWithout(String key) throws IOException {
    assertThat(post(REFERRAL, key).getStatusCode().value()).isEqualTo(202);
    assertThat(kept).containsExactly("Z9L01 K1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two words", "a\"b", "\u00e9", "x\u0000y"})
  void refusesAKeyThatIsNone(String key) throws IOException {
    ResponseEntity<Map<String, Object>> answer = post(REFERRAL, key);

    assertThat(answer.getStatusCode().value()).isEqualTo(400);
    assertThat(answer.getBody().toString()).contains("Idempotency-Key").contains("FIELD_INVALID");
    assertThat(kept).isEmpty();
  }

  @Test
  void refusesAKeyWithoutEnd() throws IOException {
    assertThat(post(REFERRAL, "k".repeat(201)).getStatusCode().value()).isEqualTo(400);
  }

  @Test
  void takesTheBytesForAKeyWhereThereIsNone() throws IOException {
    post(REFERRAL);
    post(REFERRAL);
    post(REFERRAL + " ");

    assertThat(kept).hasSize(3).allMatch(id -> id.startsWith("Z9L01 sha256:"));
    assertThat(kept.get(1)).isEqualTo(kept.get(0)).isNotEqualTo(kept.get(2));
  }

  @Test
  void asksForItAgainWhereTheFaultIsOurs() throws IOException {
    outcome = new Outcome.Failed();
    ResponseEntity<Map<String, Object>> failed = post(REFERRAL, "K1");
    isBroken = true;
    ResponseEntity<Map<String, Object>> unkept = post(REFERRAL, "K1");

    assertThat(failed.getStatusCode().value()).isEqualTo(503);
    assertThat(failed.getHeaders().getFirst("Retry-After")).isEqualTo("30");
    assertThat(unkept).isEqualTo(failed);
  }

  @Test
  void tellsOfAKeyUsedBeforeAndNotOfFaults() throws IOException {
    outcome =
        new Outcome.Refused(
            new Refusal(Code.MESSAGE_ID_REUSED.name(), "message id", "Give each one of its own."));

    ResponseEntity<Map<String, Object>> answer = post("{}", "K1");

    assertThat(answer.getStatusCode().value()).isEqualTo(422);
    assertThat(answer.getBody()).containsEntry("code", "MESSAGE_ID_REUSED");
  }

  @Test
  void tellsWhatTheStoreFound() throws IOException {
    outcome =
        new Outcome.Refused(
            new Refusal(Code.PROFILE_VIOLATED.name(), "ServiceRequest.code", "Mend it."));

    ResponseEntity<Map<String, Object>> answer = post(REFERRAL, "K1");

    assertThat(answer.getStatusCode().value()).isEqualTo(422);
    assertThat(answer.getBody()).containsEntry("code", "PROFILE_VIOLATED");
  }

  @Test
  void refusesWhatIsTooLargeUnread() throws IOException {
    assertThat(post(REFERRAL + " ".repeat(70_000), "K1").getStatusCode().value()).isEqualTo(413);
    assertThat(kept).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/json",
        "application/*",
        "*/*",
        "json",
        "application/json;charset=latin1",
        ""
      })
  void takesJsonAlone(String type) throws IOException {
    assertThat(send(REFERRAL, type).getStatusCode().value()).isEqualTo(415);
    assertThat(kept).isEmpty();
  }

  @Test
  void knowsNobodyWhoIsNotRegistered() throws IOException {
    signIn("somebody");
    assertThat(post(REFERRAL, "K1").getStatusCode().value()).isEqualTo(403);
    SecurityContextHolder.clearContext();
    assertThat(post(REFERRAL, "K1").getStatusCode().value()).isEqualTo(403);
  }

  private static void signIn(String client) {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken(client, ""));
  }

  private ResponseEntity<Map<String, Object>> post(String body, String... keys) throws IOException {
    return send(body, "application/json", keys);
  }

  private ResponseEntity<Map<String, Object>> send(String body, String type, String... keys)
      throws IOException {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/housing/referrals");
    request.setContentType(type);
    request.setContent(body.getBytes(UTF_8));
    for (String key : keys) {
      request.addHeader(HousingRequest.KEY, key);
    }
    return controller().refer(request);
  }

  private HousingController controller() {
    return new HousingController(
        WexcombeHomes.PARTNERS,
        intake,
        new HousingController.Sent(mock(MessageLog.class), mock(SentReferrals.class)),
        new HousingSettings(DataSize.ofKilobytes(64), Duration.ofSeconds(30)));
  }
}
