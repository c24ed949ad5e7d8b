package io.fingerpost.bench.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.fingerpost.bench.CommandFailed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

  private static final Instant NOW = Instant.parse("2026-03-03T10:15:00Z");

  private final Path data;
  private final Path keys;

  TokensTest(@TempDir Path data) {
    this.data = data;
    this.keys = data.resolve("keys");
    Keys.generate("demo-gp", keys);
  }

  @Test
  void makesAnAssertionAsSmartBackendServicesWantsIt() throws Exception {
    SignedJWT assertion =
        SignedJWT.parse(
            tokens(8080, NOW).assertion("demo-gp", Keys.load("demo-gp", List.of(keys))));

    JWK known =
        JWKSet.load(keys.resolve("demo-gp.jwks.json").toFile())
            .getKeyByKeyId(assertion.getHeader().getKeyID());
    assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS384);
    assertThat(assertion.verify(new RSASSAVerifier(known.toRSAKey()))).isTrue();
    JWTClaimsSet claims = assertion.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("demo-gp").isEqualTo(claims.getSubject());
    assertThat(claims.getAudience()).containsExactly("http://localhost:8080/oauth2/token");
    assertThat(claims.getExpirationTime().toInstant())
        .isAfter(NOW)
        .isBeforeOrEqualTo(NOW.plus(Duration.ofMinutes(5)));
    assertThat(claims.getJWTID()).isNotBlank();
  }

  @Test
  void neverUsesAnAssertionsIdTwice() throws Exception {
    Tokens tokens = tokens(8080, NOW);
    JWK key = Keys.load("demo-gp", List.of(keys));

    assertThat(SignedJWT.parse(tokens.assertion("demo-gp", key)).getJWTClaimsSet().getJWTID())
        .isNotEqualTo(
            SignedJWT.parse(tokens.assertion("demo-gp", key)).getJWTClaimsSet().getJWTID());
  }

  @Test
  void signsWithEs384WhereTheKeyIsAnEllipticOne() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_384).keyID("1").generate();
    SignedJWT assertion = SignedJWT.parse(tokens(8080, NOW).assertion("demo-gp", key));

    assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES384);
    assertThat(assertion.verify(new ECDSAVerifier(key))).isTrue();
  }

  @Test
  void asksOnceForATokenAndAgainHalfAMinuteBeforeItEnds() throws Exception {
    List<String> forms = Collections.synchronizedList(new ArrayList<>());
    HttpServer endpoint =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    endpoint.createContext(
        "/oauth2/token",
        exchange -> {
          forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] answer =
              "{\"access_token\":\"t%d\",\"expires_in\":300}"
                  .formatted(forms.size())
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    endpoint.start();
    try {
      Time time = new Time();
      Server server = new Server(endpoint.getAddress().getPort(), 2575, data);
      Tokens tokens = new Tokens(server, new Http(), time);
      Tokens.Wanted wanted = new Tokens.Wanted("demo-gp", "", "HQUALIMP");

      assertThat(tokens.of(wanted)).isEqualTo("t1");
      time.now = NOW.plusSeconds(269);
      assertThat(tokens.of(wanted)).isEqualTo("t1");
      time.now = NOW.plusSeconds(270);
      assertThat(tokens.of(wanted)).isEqualTo("t2");
      assertThat(forms.get(0))
          .contains("grant_type=client_credentials", "purpose_of_use=HQUALIMP")
          .doesNotContain("scope=");
    } finally {
      endpoint.stop(0);
    }
  }

  @Test
  void saysWhichKeyIsMissingAndWhereItLooked() {
    assertThatThrownBy(() -> Keys.load("somebody", List.of(keys)))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("somebody.private.jwks.json")
        .hasMessageContaining(keys.toString());
  }

  @Test
  void keepsThePrivateHalfToItsOwnerAndOutOfThePublicFile() throws Exception {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(keys.resolve("demo-gp.private.jwks.json"))))
        .isEqualTo("rw-------");
    assertThat(Files.readString(keys.resolve("demo-gp.jwks.json")))
        .contains("\"n\"")
        .doesNotContain("\"d\"");
  }

  private Tokens tokens(int port, Instant now) {
    return new Tokens(new Server(port, 2575, data), new Http(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static final class Time extends Clock {
    private Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
