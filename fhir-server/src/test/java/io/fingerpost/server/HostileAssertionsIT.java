package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static io.fingerpost.server.Wexcombe.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.fingerpost.server.ApiClient.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is tried at the token endpoint; all of it answers alike, and none of it gets a token. */
@OneServer
class HostileAssertionsIT {

  private static final RSAKey KEY = (RSAKey) Wexcombe.key("hospital");
  private static final RSAKey THIEF = (RSAKey) Registry.rsa("thief", KEY.getKeyID());

  record Attack(String name, String assertion) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Attack> attacks() throws JOSEException {
    Map<String, String> attacks = new LinkedHashMap<>();
    attacks.put("no signature", new PlainJWT(claims().build()).serialize());
    attacks.put("the public key as a secret", signedWithThePublicKey());
    attacks.put("RS256", signed(JWSAlgorithm.RS256, KEY));
    attacks.put("RS512", signed(JWSAlgorithm.RS512, KEY));
    attacks.put("PS384", signed(JWSAlgorithm.PS384, KEY));
    attacks.put("a key nobody registered", signed(JWSAlgorithm.RS384, THIEF));
    attacks.put("the key of another client", signed(JWSAlgorithm.RS384, Wexcombe.key("scheme")));
    attacks.put("the kid of another client", withKid("key of scheme"));
    attacks.put("RS384 said of a curve", withHeaderOf(ofTheCouncil(), JWSAlgorithm.RS384));
    attacks.put("ES384 said of RSA", withHeaderOf(HOSPITAL.assertion(), JWSAlgorithm.ES384));
    attacks.put("a key brought along", signedBy(THIEF, header().jwk(THIEF.toPublicJWK())));
    attacks.put("an address of keys", signedBy(THIEF, header().jwkURL(URI.create(SERVER))));
    attacks.put(
        "an address of certificates", signedBy(THIEF, header().x509CertURL(URI.create(SERVER))));
    attacks.put(
        "a critical header",
        signedBy(KEY, header().criticalParams(Set.of("exotic")).customParam("exotic", true)));
    attacks.put(
        "another type of token", signedBy(KEY, header().type(new JOSEObjectType("at+jwt"))));
    attacks.put("a changed claim", tampered(HOSPITAL.assertion()));
    attacks.put("another audience", signed(claims().audience("https://elsewhere.example")));
    attacks.put("no audience", signed(claims().audience((String) null)));
    attacks.put("another issuer", signed(claims().issuer("scheme")));
    attacks.put("no issuer", signed(claims().issuer(null)));
    attacks.put("another client", signed(claims().issuer("scheme").subject("scheme")));
    attacks.put("no jti", signed(claims().jwtID(null)));
    attacks.put("a jti without end", signed(claims().jwtID("7".repeat(129))));
    attacks.put("no exp", signed(claims().expirationTime(null)));
    attacks.put("an exp of the past", signed(claims().expirationTime(in(-31))));
    attacks.put("an exp too far off", signed(claims().expirationTime(in(400))));
    attacks.put("an nbf of the future", signed(claims().notBeforeTime(in(60))));
    attacks.put("an iat of the future", signed(claims().issueTime(in(60))));
    attacks.put("no JWT", "not.a.jwt");
    attacks.put("nothing", "");
    attacks.put("a token for an assertion", SCHEME.token());
    return attacks.entrySet().stream().map(it -> new Attack(it.getKey(), it.getValue()));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void areRefusedAsAnUnknownClientIs(Attack attack) {
    Answer unknown = HOSPITAL.askForToken(signed(claims().issuer("nobody").subject("nobody")));

    Answer answer = HOSPITAL.askForToken(attack.assertion());

    assertThat(unknown.status()).isEqualTo(401);
    assertThat(answer.status()).isEqualTo(unknown.status());
    assertThat(answer.body()).isEqualTo(unknown.body()).isEqualTo("{\"error\":\"invalid_client\"}");
  }

  @Test
  void areRefusedWhenTheyComeASecondTime() {
    String assertion = HOSPITAL.assertion();

    assertThat(HOSPITAL.askForToken(assertion).status()).isEqualTo(200);
    assertThat(HOSPITAL.askForToken(assertion).status()).isEqualTo(401);
  }

  @Test
  void areRefusedUnreadWhenTheyAreTooLong() {
    String assertion = signed(claims().claim("filling", "7".repeat(8_000)));

    assertThat(HOSPITAL.askForToken(assertion).status()).isEqualTo(400);
  }

  @Test
  void allowClocksToBeHalfAMinuteApart() {
    assertThat(
            HOSPITAL.askForToken(signed(claims().issueTime(in(20)).notBeforeTime(in(20)))).status())
        .isEqualTo(200);
    assertThat(HOSPITAL.askForToken(signed(claims().expirationTime(in(-20)))).status())
        .isEqualTo(200);
  }

  @Test
  void areNotLetTriedForLongAndKeepNobodyElseOut() {
    String address = "192.0.2." + UUID.randomUUID();
    String wrong = signed(JWSAlgorithm.RS384, THIEF);
    for (int i = 0; i < 10; i++) {
      assertThat(HOSPITAL.askForTokenFrom(address, wrong).status()).isEqualTo(401);
    }

    Answer answer = HOSPITAL.askForTokenFrom(address, wrong);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isEqualTo("60");
    assertThat(HOSPITAL.askForTokenFrom("192.0.2.1, " + address, wrong).status()).isEqualTo(429);
    assertThat(HOSPITAL.askForToken(HOSPITAL.assertion()).status()).isEqualTo(200);
    assertThat(SCHEME.askForTokenFrom(address, SCHEME.assertion()).status()).isEqualTo(200);
  }

  @Test
  void areNotLetTriedForLongInTheNamesOfMany() {
    String address = "192.0.2." + UUID.randomUUID();
    // A few more than the limit: the count goes down again while they come.
    for (int i = 0; i < 130; i++) {
      HOSPITAL.askForTokenFrom(address, signed(claims().subject("client-" + i)));
    }

    assertThat(HOSPITAL.askForTokenFrom(address, HOSPITAL.assertion()).status()).isEqualTo(429);
  }

  @Test
  void getNoTokenInAnyOtherWay() {
    for (String grant : new String[] {"password", "authorization_code", "refresh_token", ""}) {
      assertThat(
              HOSPITAL
                  .askForToken(HOSPITAL.assertion(), "grant_type", grant, "client_id", "hospital")
                  .status())
          .isEqualTo(400);
    }
  }

  private static JWTClaimsSet.Builder claims() {
    return HOSPITAL.claims();
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static String signed(JWTClaimsSet.Builder claims) {
    return ApiClient.signed(JWSAlgorithm.RS384, KEY, claims.build());
  }

  private static String signed(JWSAlgorithm algorithm, JWK key) {
    return ApiClient.signed(algorithm, key, claims().build());
  }

  private static JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.RS384).keyID(KEY.getKeyID());
  }

  private static String withKid(String kid) throws JOSEException {
    return signedBy(KEY, header().keyID(kid));
  }

  private static String signedBy(RSAKey key, JWSHeader.Builder header) throws JOSEException {
    SignedJWT jwt = new SignedJWT(header.build(), claims().build());
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  private static String ofTheCouncil() {
    return ApiClient.signed(
        JWSAlgorithm.ES384,
        Wexcombe.key("council"),
        claims().issuer("council").subject("council").build());
  }

  private static String withHeaderOf(String assertion, JWSAlgorithm algorithm) {
    Base64URL header = new JWSHeader.Builder(algorithm).build().toBase64URL();
    return header + assertion.substring(assertion.indexOf('.'));
  }

  private static String tampered(String assertion) {
    String[] parts = assertion.split("\\.", -1);
    String claims = new Base64URL(parts[1]).decodeToString().replace("hospital", "scheme");
    return parts[0]
        + "."
        + Base64URL.encode(claims.getBytes(StandardCharsets.UTF_8))
        + "."
        + parts[2];
  }

  private static String signedWithThePublicKey() throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(KEY.getKeyID()).build(),
            claims().build());
    jwt.sign(new MACSigner(KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
    return jwt.serialize();
  }
}
