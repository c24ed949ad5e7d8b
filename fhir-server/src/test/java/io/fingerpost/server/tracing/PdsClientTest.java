package io.fingerpost.server.tracing;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.fingerpost.profiles.identity.NhsNumber;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdsClientTest {

  private static final NhsNumber NUMBER = new NhsNumber("9990000018");
  private static final NhsNumber OTHER = new NhsNumber("9990000026");
  private static final String COX = Pds.patient(NUMBER.value(), "Cox", "Brenda", "1948-03-12", "U");

  private final Pds pds = new Pds();
  private final PdsClient client = pds.client();

  @AfterEach
  void stop() {
    pds.stop();
  }

  @Test
  void readsARecordByItsNumber() {
    pds.answers(NUMBER.value(), 200, COX);

    assertThat(client.read(NUMBER))
        .isInstanceOfSatisfying(
            PdsAnswer.Found.class,
            found -> assertThat(found.patient().getNameFirstRep().getFamily()).isEqualTo("Cox"));
    pds.server.verify(
        getRequestedFor(urlEqualTo("/Patient/" + NUMBER.value()))
            .withHeader("Authorization", equalTo("Bearer made-up"))
            .withHeader("X-Request-ID", matching("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")));
  }

  @Test
  void isToldTheRecordThatHasTakenAnothersPlace() {
    pds.answers(
        NUMBER.value(), 200, Pds.patient(OTHER.value(), "Cox", "Brenda", "1948-03-12", "U"));

    assertThat(client.read(NUMBER))
        .isInstanceOfSatisfying(
            PdsAnswer.Found.class,
            found ->
                assertThat(found.patient().getIdElement().getIdPart()).isEqualTo(OTHER.value()));
  }

  @Test
  void tellsNobodyFromInvalidated() {
    pds.answers(NUMBER.value(), 404, Pds.fault("RESOURCE_NOT_FOUND"));
    pds.answers(OTHER.value(), 404, Pds.fault("INVALIDATED_RESOURCE"));

    assertThat(client.read(NUMBER)).isEqualTo(new PdsAnswer.Nobody());
    assertThat(client.read(OTHER)).isEqualTo(new PdsAnswer.Invalidated());
  }

  @Test
  void takesNoGatewaysPageForAnAnswer() {
    pds.answers(NUMBER.value(), 404, "<html>no such proxy</html>");

    assertThatExceptionOfType(PdsUnavailable.class).isThrownBy(() -> client.read(NUMBER));
  }

  @Test
  void tellsWhatTheServiceDoesNotTake() {
    pds.answers(NUMBER.value(), 400, Pds.fault("INVALID_RESOURCE_ID"));

    assertThat(client.read(NUMBER)).isEqualTo(new PdsAnswer.Refused("INVALID_RESOURCE_ID"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 403, 408, 429, 500, 502, 503, 504})
  void asksAgainLaterWhereTheServiceCannotAnswer(int status) {
    pds.answers(NUMBER.value(), status, Pds.fault("SOMETHING"));

    assertThatExceptionOfType(PdsUnavailable.class)
        .isThrownBy(() -> client.read(NUMBER))
        .withMessage("HTTP_" + status);
  }

  @Test
  void heedsHowLongItIsToWait() {
    pds.stub(
        get(urlPathEqualTo("/Patient/" + NUMBER.value())),
        Pds.response(429, Pds.fault("TOO_MANY_REQUESTS")).withHeader("Retry-After", "7"));

    assertThatExceptionOfType(PdsUnavailable.class)
        .isThrownBy(() -> client.read(NUMBER))
        .satisfies(it -> assertThat(it.retryAfter()).isEqualTo(Optional.of(Duration.ofSeconds(7))));
  }

  @Test
  void doesNotWaitForEver() {
    pds.stub(get(anyUrl()), Pds.response(200, COX).withFixedDelay(3_000));

    assertThatExceptionOfType(PdsUnavailable.class)
        .isThrownBy(() -> client.read(NUMBER))
        .withMessage("TIMEOUT");
  }

  @Test
  void doesNotWaitForABodyThatDripsForEver() {
    pds.stub(get(anyUrl()), Pds.response(200, COX).withChunkedDribbleDelay(20, 5_000));

    assertThatExceptionOfType(PdsUnavailable.class)
        .isThrownBy(() -> client.read(NUMBER))
        .withMessage("TIMEOUT");
  }

  @Test
  void takesNoAnswerWithoutEnd() {
    pds.answers(NUMBER.value(), 200, " ".repeat(2 << 20) + COX);

    assertThatExceptionOfType(PdsUnavailable.class)
        .isThrownBy(() -> client.read(NUMBER))
        .withMessage("IOException");
  }

  @ParameterizedTest
  @EnumSource
  void comesToNoHarmByABrokenConnection(Fault fault) {
    pds.stub(get(anyUrl()), Pds.response(200, COX).withFault(fault));

    assertThatExceptionOfType(PdsUnavailable.class).isThrownBy(() -> client.read(NUMBER));
  }

  @Test
  void searchesByWhatItIsGivenAndTakesOneAlone() {
    pds.searchAnswers(200, Pds.searchset(COX));
    Map<String, List<String>> by = new LinkedHashMap<>();
    by.put("family", List.of("O'Neill & Söhne"));
    by.put("birthdate", List.of("eq1948-03-12"));

    assertThat(client.search(by)).isInstanceOf(PdsAnswer.Found.class);
    pds.server.verify(
        getRequestedFor(urlPathEqualTo("/Patient"))
            .withQueryParam("family", equalTo("O'Neill & Söhne"))
            .withQueryParam("birthdate", equalTo("eq1948-03-12")));
  }

  @Test
  void takesNoneOrSeveralForNobody() {
    pds.searchAnswers(200, Pds.searchset());
    assertThat(client.search(Map.of("family", List.of("Cox")))).isEqualTo(new PdsAnswer.Nobody());
    pds.searchAnswers(200, Pds.searchset(COX, COX));
    assertThat(client.search(Map.of("family", List.of("Cox")))).isEqualTo(new PdsAnswer.Nobody());
    pds.searchAnswers(200, Pds.fault("TOO_MANY_MATCHES"));
    assertThat(client.search(Map.of("family", List.of("Cox")))).isEqualTo(new PdsAnswer.Nobody());
  }

  @Test
  void asksForATokenOnceByASignedAssertion() throws Exception {
    pds.answers(NUMBER.value(), 200, COX);
    client.read(NUMBER);
    client.read(NUMBER);

    var asked = pds.server.findAll(postRequestedFor(urlEqualTo("/oauth2/token")));
    assertThat(asked).hasSize(1);
    Map<String, String> form = new LinkedHashMap<>();
    for (String field : asked.get(0).getBodyAsString().split("&")) {
      String[] parts = field.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    assertThat(form)
        .containsEntry("grant_type", "client_credentials")
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    SignedJWT assertion = SignedJWT.parse(form.get("client_assertion"));
    assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS512);
    assertThat(assertion.getHeader().getKeyID()).isEqualTo("test-1");
    assertThat(assertion.verify(new RSASSAVerifier(Pds.KEY.toRSAPublicKey()))).isTrue();
    assertThat(assertion.getJWTClaimsSet().getIssuer()).isEqualTo("made-up-api-key");
    assertThat(assertion.getJWTClaimsSet().getSubject()).isEqualTo("made-up-api-key");
    assertThat(assertion.getJWTClaimsSet().getAudience())
        .containsExactly(pds.server.baseUrl() + "/oauth2/token");
    assertThat(assertion.getJWTClaimsSet().getJWTID()).isNotBlank();
    assertThat(assertion.getJWTClaimsSet().getExpirationTime().toInstant())
        .isBetween(Instant.now(), Instant.now().plus(Duration.ofMinutes(5)));
  }

  @Test
  void asksForAnotherTokenWhenOneIsRefused() {
    pds.answers(NUMBER.value(), 401, Pds.fault("ACCESS_DENIED"));
    assertThatExceptionOfType(PdsUnavailable.class).isThrownBy(() -> client.read(NUMBER));
    pds.answers(NUMBER.value(), 200, COX);
    client.read(NUMBER);

    pds.server.verify(2, postRequestedFor(urlEqualTo("/oauth2/token")));
  }
}
