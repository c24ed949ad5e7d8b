package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.REGISTRY_FILE;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static io.fingerpost.server.Wexcombe.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry and the keys as they change while the program runs. */
@OneServer
class RegistryIT {

  private static final ApiClient VISITOR = Wexcombe.client("visitor");
  private static final Path KEYS = Wexcombe.DATA.resolve("keys");

  private String before = "";

  @BeforeEach
  void keep() {
    before = read(REGISTRY_FILE);
  }

  @AfterEach
  void putBack() {
    write(REGISTRY_FILE, before);
    write(KEYS.resolve("visitor.jwks.json"), set(Wexcombe.key("visitor")));
  }

  @Test
  void takesTheTokensOfADisabledClientFromItAtItsNextRequest() {
    String token = token(VISITOR.askForToken(VISITOR.assertion()));
    assertThat(plans(token).status()).isEqualTo(200);

    change("client: visitor\n", "client: visitor\n      disabled: true\n");

    assertThat(plans(token).status()).isEqualTo(401);
    assertThat(plans(token).code()).isEqualTo("TOKEN_NEEDED");
    assertThat(VISITOR.askForToken(VISITOR.assertion()).status()).isEqualTo(401);

    write(REGISTRY_FILE, before);
    assertThat(plans(token).status()).isEqualTo(200);
  }

  @Test
  void takesNoMessagesOfADisabledHospital() throws IOException {
    String message = Hl7.referral("OSWALD", "Z9H02", Hl7.newControlId(), Person.next());
    change("client: other-hospital\n", "client: other-hospital\n      disabled: true\n");
    // The registry is looked at by the clock where nobody asks for it.
    await().until(() -> MllpConnection.answer(MLLP_PORT, message).contains("SENDER_UNKNOWN"));

    write(REGISTRY_FILE, before);
    // It may be the first that is stored at all.
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> Hl7.code(MllpConnection.answer(MLLP_PORT, message)).equals("AA"));
  }

  @Test
  void forgetsAClientWhoseRowIsTakenOut() {
    String token = token(VISITOR.askForToken(VISITOR.assertion()));

    write(REGISTRY_FILE, before.substring(0, before.indexOf("    - client: visitor")));

    assertThat(plans(token).status()).isEqualTo(401);
    assertThat(VISITOR.askForToken(VISITOR.assertion()).status()).isEqualTo(401);
  }

  @Test
  void holdsATokenToWhatTheRegistrySaysNow() {
    String token = token(VISITOR.askForToken(VISITOR.assertion()));
    assertThat(open("/fhir/Task", token).status()).isEqualTo(200);

    changeOfVisitor("scopes: [system/*.rs]", "scopes: [system/CarePlan.rs]");

    assertThat(open("/fhir/Task", token).status()).isEqualTo(403);
    assertThat(plans(token).status()).isEqualTo(200);

    changeOfVisitor("purposes: [TREAT]", "purposes: [HQUALIMP]");
    assertThat(plans(token).status()).isEqualTo(401);
  }

  @Test
  void givesATokenNoMoreThanItWasGivenFor() {
    changeOfVisitor("scopes: [system/*.rs]", "scopes: [system/CarePlan.rs]");
    String token = token(VISITOR.askForToken(VISITOR.assertion()));

    write(REGISTRY_FILE, before);

    assertThat(open("/fhir/Task", token).status()).isEqualTo(403);
  }

  @Test
  void goesOnWithTheLastGoodRegistryAndSaysSo() {
    String token = token(VISITOR.askForToken(VISITOR.assertion()));

    write(REGISTRY_FILE, "fingerpost:\n  partners:\n    - client: visitor\n");

    assertThat(plans(token).status()).isEqualTo(200);
    assertThat(open("/actuator/health", token).status()).isEqualTo(503);
    assertThat(open("/actuator/health/readiness", token).status()).isEqualTo(200);
    assertThat(OPERATOR.get("/actuator/prometheus").body())
        .contains("fingerpost_registry_faulty 1.0");

    write(REGISTRY_FILE, before);
    assertThat(open("/actuator/health", token).status()).isEqualTo(200);
  }

  @Test
  void takesAClientsNewKeyAndDropsItsOldOne() {
    JWK next = Registry.rsa("visitor", "key of April");
    String claims = ApiClient.signed(JWSAlgorithm.RS384, next, VISITOR.claims().build());
    assertThat(VISITOR.askForToken(claims).status()).isEqualTo(401);

    write(KEYS.resolve("visitor.jwks.json"), set(next));

    assertThat(VISITOR.askForToken(claims).status()).isEqualTo(200);
    assertThat(VISITOR.askForToken(VISITOR.assertion()).status()).isEqualTo(401);
  }

  @Test
  void signsWithANewKeyWhileTokensOfTheOldOneAreStillGood() throws IOException {
    Path file = KEYS.resolve("token-signing.jwks");
    Path old = KEYS.resolve("token-signing.jwks.old");
    String earlier = token(VISITOR.askForToken(VISITOR.assertion()));

    Files.move(file, old);
    String later = token(VISITOR.askForToken(VISITOR.assertion()));

    assertThat(header(later)).isNotEqualTo(header(earlier)).contains("\"kid\"");
    assertThat(plans(earlier).status()).isEqualTo(200);
    assertThat(plans(later).status()).isEqualTo(200);

    String key = Files.readString(old);
    Files.delete(old);
    assertThat(plans(earlier).status()).isEqualTo(401);
    assertThat(plans(later).status()).isEqualTo(200);
    // The other tests' tokens are signed with it.
    Files.writeString(old, key);
  }

  @Test
  void holdsAClientToItsOwnRateAndNobodyElse() {
    changeOfVisitor("scopes:", "requests-a-second: 5\n      scopes:");
    String token = token(VISITOR.askForToken(VISITOR.assertion()));

    List<Answer> answers = Stream.generate(() -> plans(token)).limit(60).toList();

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSizeGreaterThan(4);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 429)
        .isNotEmpty()
        .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("TOO_MANY_REQUESTS"))
        .allSatisfy(answer -> assertThat(answer.header("Retry-After")).isEqualTo("1"));
    assertThat(SCHEME.get("/fhir/CarePlan?_count=1").status()).isEqualTo(200);
  }

  private static String header(String token) {
    return new String(
        Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))),
        StandardCharsets.UTF_8);
  }

  private void change(String from, String to) {
    assertThat(before).contains(from);
    write(REGISTRY_FILE, before.replace(from, to));
  }

  private void changeOfVisitor(String from, String to) {
    int row = before.indexOf("client: visitor");
    assertThat(before.substring(row)).contains(from);
    write(REGISTRY_FILE, before.substring(0, row) + before.substring(row).replace(from, to));
  }

  private static String token(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("access_token").asText();
  }

  private static Answer plans(String token) {
    return open("/fhir/CarePlan", token);
  }

  private static Answer open(String path, String token) {
    return ApiClient.send(
        HttpRequest.newBuilder(URI.create(SERVER + path))
            .header("Authorization", "Bearer " + token)
            .build());
  }

  private static String set(JWK key) {
    return new JWKSet(List.of(key)).toString(true);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
