package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static io.fingerpost.server.Wexcombe.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that are none of ours, or no longer good, or for something else. */
@OneServer
class HostileTokensIT {

  record Forged(String name, String token) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Forged> tokens() throws JOSEException, IOException, ParseException {
    RSAKey ours = ours();
    RSAKey thief = (RSAKey) Registry.rsa("thief", ours.getKeyID());
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("expired", signed(ours, claims().expirationTime(in(-31))));
    tokens.put("not begun", signed(ours, claims().notBeforeTime(in(60))));
    tokens.put("for another server", signed(ours, claims().audience("https://elsewhere.example")));
    tokens.put("for nobody", signed(ours, claims().audience((String) null)));
    tokens.put("of another issuer", signed(ours, claims().issuer("https://elsewhere.example")));
    tokens.put("of a client nobody knows", signed(ours, claims().subject("nobody")));
    tokens.put(
        "for a purpose not registered", signed(ours, claims().claim("purpose_of_use", "BTG")));
    tokens.put("signed by another server", signed(thief, claims()));
    tokens.put("not signed", new PlainJWT(claims().build()).serialize());
    tokens.put("changed", changed(HOSPITAL.token()));
    tokens.put("cut off", HOSPITAL.token().substring(0, HOSPITAL.token().lastIndexOf('.') + 1));
    tokens.put("an assertion", SCHEME.assertion());
    tokens.put("too long", signed(ours, claims().claim("filling", "7".repeat(8_000))));
    SignedJWT bySecret = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
    bySecret.sign(
        new MACSigner(ours.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
    tokens.put("the public key as a secret", bySecret.serialize());
    SignedJWT carrying =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(thief.toPublicJWK()).build(),
            claims().build());
    carrying.sign(new RSASSASigner(thief));
    tokens.put("a key brought along", carrying.serialize());
    return tokens.entrySet().stream().map(it -> new Forged(it.getKey(), it.getValue()));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void areRefusedWithoutSayingWhy(Forged forged) {
    Answer answer = open("/fhir/Patient", "Bearer " + forged.token());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("TOKEN_NEEDED");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
  }

  /** That the forged ones are refused for their one fault, and for no other. */
  @Test
  void areTakenWhenNothingIsWrongWithThem() throws IOException, ParseException {
    assertThat(open("/fhir/Patient", "Bearer " + signed(ours(), claims())).status()).isEqualTo(200);
  }

  @Test
  void areTakenFromNowhereButTheHeader() {
    assertThat(open("/fhir/Patient?access_token=" + SCHEME.token(), "None").status())
        .isEqualTo(401);
    assertThat(open("/fhir/Patient", "Basic aG9zcGl0YWw6").status()).isEqualTo(401);
  }

  @Test
  void giveNoScopeThatTheRegistryDoesNot() throws IOException, ParseException {
    String token = signed(ours(), claims().claim("scope", "system/*.cruds system/AuditEvent.rs"));

    assertThat(open("/fhir/AuditEvent", "Bearer " + token).status()).isEqualTo(403);
  }

  @Test
  void sayTheirKeyAndLastFiveMinutes() throws ParseException {
    SignedJWT token =
        SignedJWT.parse(
            SCHEME.askForToken(SCHEME.assertion()).json().path("access_token").asText());

    assertThat(token.getHeader().getKeyID()).isNotBlank();
    assertThat(token.getJWTClaimsSet().getExpirationTime())
        .isBefore(Date.from(Instant.now().plusSeconds(301)));
    assertThat(token.getJWTClaimsSet().getAudience()).containsExactly(SERVER + "/fhir");
  }

  @Test
  void areVerifiedHereAloneSoTheirKeysAreNotShown() {
    assertThat(open("/oauth2/jwks", "Bearer " + SCHEME.token()).status()).isEqualTo(404);
    assertThat(open("/.well-known/oauth-authorization-server", "Bearer " + SCHEME.token()).status())
        .isEqualTo(404);
  }

  private static RSAKey ours() throws IOException, ParseException {
    return (RSAKey)
        JWKSet.load(Wexcombe.DATA.resolve("keys/token-signing.jwks").toFile()).getKeys().get(0);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(SERVER)
        .audience(List.of(SERVER + "/fhir"))
        .subject("hospital")
        .notBeforeTime(in(-1))
        .expirationTime(in(100))
        .claim("scope", "system/Patient.rs")
        .claim("purpose_of_use", "TREAT");
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static String signed(RSAKey key, JWTClaimsSet.Builder claims) {
    return ApiClient.signed(JWSAlgorithm.RS256, key, claims.build());
  }

  private static String changed(String token) {
    String[] parts = token.split("\\.", -1);
    String claims = new Base64URL(parts[1]).decodeToString().replace("hospital", "scheme");
    return parts[0]
        + "."
        + Base64URL.encode(claims.getBytes(StandardCharsets.UTF_8))
        + "."
        + parts[2];
  }

  private static Answer open(String path, String authorization) {
    return ApiClient.send(
        HttpRequest.newBuilder(URI.create(SERVER + path))
            .header("Authorization", authorization)
            .build());
  }
}
