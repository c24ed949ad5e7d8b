package io.fingerpost.routes.store;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ProgramTokenTest {

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort())
          .build();

  private static final Instant START = Instant.parse("2026-03-03T10:15:00Z");

  private final Time time = new Time();
  private ECKey key;
  private ProgramToken token;

  /** A clock that is set by hand. */
  private static final class Time extends Clock {
    private Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void serve(@TempDir Path folder) throws Exception {
    key = new ECKeyGenerator(Curve.P_384).keyID("ours").generate();
    Path file = folder.resolve("routes.private.jwks.json");
    Files.writeString(file, new JWKSet(key).toString(false));
    SERVER.stubFor(
        get(urlPathEqualTo("/fhir/.well-known/smart-configuration"))
            .willReturn(okJson("{\"token_endpoint\": \"" + tokenEndpoint() + "\"}")));
    answers("first");
    SmartEndpoint endpoint = new SmartEndpoint(SERVER.baseUrl() + "/fhir", Duration.ofSeconds(5));
    token = new ProgramToken(endpoint, "routes", ProgramToken.key(file), time);
  }

  private static String tokenEndpoint() {
    return SERVER.baseUrl() + "/oauth2/token";
  }

  private static void answers(String value) {
    SERVER.stubFor(
        post(urlPathEqualTo("/oauth2/token"))
            .willReturn(okJson("{\"access_token\": \"" + value + "\", \"expires_in\": 300}")));
  }

  @Test
  void isAskedForWithAnAssertionSignedForTheTokenEndpointAlone() throws Exception {
    assertThat(token.value()).isEqualTo("first");

    SignedJWT assertion = assertions().get(0);
    assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES384);
    assertThat(assertion.getHeader().getKeyID()).isEqualTo("ours");
    assertThat(assertion.verify(new ECDSAVerifier(key.toECPublicKey()))).isTrue();
    assertThat(assertion.getJWTClaimsSet().getIssuer()).isEqualTo("routes");
    assertThat(assertion.getJWTClaimsSet().getSubject()).isEqualTo("routes");
    assertThat(assertion.getJWTClaimsSet().getAudience()).containsExactly(tokenEndpoint());
    assertThat(assertion.getJWTClaimsSet().getExpirationTime().toInstant())
        .isBetween(START.plusSeconds(30), START.plusSeconds(300));
  }

  @Test
  void isUsedUntilShortlyBeforeItEndsAndThenGotAnew() throws Exception {
    token.value();
    answers("second");
    time.now = START.plusSeconds(260);
    assertThat(token.value()).isEqualTo("first");
    time.now = START.plusSeconds(271);
    assertThat(token.value()).isEqualTo("second");

    assertThat(assertions())
        .extracting(assertion -> assertion.getJWTClaimsSet().getJWTID())
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void isGotAnewOnceItWasRefused() {
    token.value();
    answers("second");
    token.forget();

    assertThat(token.value()).isEqualTo("second");
  }

  @Test
  void isMissingWithoutTheServersWordsWhereTheServerGivesNone() {
    SERVER.stubFor(
        post(urlPathEqualTo("/oauth2/token"))
            .willReturn(aResponse().withStatus(401).withBody("no client called routes")));

    assertThatThrownBy(token::value).isInstanceOf(NoToken.class).hasMessage("HTTP 401");
  }

  @Test
  void doesNotStartOnAFileWithoutAPrivateKey(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("public.jwks.json");
    Files.writeString(file, new JWKSet(key).toString(true));

    assertThatThrownBy(() -> ProgramToken.key(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no private key");
  }

  private static List<SignedJWT> assertions() {
    return SERVER.findAll(postRequestedFor(urlPathEqualTo("/oauth2/token"))).stream()
        .map(request -> assertion(request.getBodyAsString()))
        .toList();
  }

  private static SignedJWT assertion(String form) {
    return Arrays.stream(form.split("&"))
        .filter(field -> field.startsWith("client_assertion="))
        .map(field -> field.substring("client_assertion=".length()))
        .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
        .map(ProgramTokenTest::parsed)
        .findFirst()
        .orElseThrow();
  }

  private static SignedJWT parsed(String text) {
    try {
      return SignedJWT.parse(text);
    } catch (java.text.ParseException e) {
      throw new AssertionError(e);
    }
  }
}
