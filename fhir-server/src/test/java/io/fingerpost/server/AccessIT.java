package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.ANALYST;
import static io.fingerpost.server.Wexcombe.COUNCIL;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static io.fingerpost.server.Wexcombe.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.fingerpost.server.ApiClient.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, who does not, and who gets no further than their scopes. */
@OneServer
class AccessIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fhir/Patient",
        "/fhir/CarePlan/1",
        "/fhir/Task?_summary=count",
        "/fhir?_getpages=" + "00000000-0000-4000-8000-000000000000",
        "/fhir/$process-message",
        "/fhir/NoSuchThing",
        "/console",
        "/"
      })
  void answersWhoComesWithoutATokenWith401AndAnOperationOutcome(String path) {
    Answer answer = open(path);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(answer.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(answer.code()).isEqualTo("TOKEN_NEEDED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzY2hlbWUifQ."})
  void answersWhoComesWithABadTokenAlike(String token) {
    Answer answer = open("/fhir/Patient", "Authorization", "Bearer " + token);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("TOKEN_NEEDED");
  }

  @Test
  void takesNoAssertionForAToken() {
    Answer answer = open("/fhir/Patient", "Authorization", "Bearer " + SCHEME.assertion());

    assertThat(answer.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fhir/metadata",
        "/fhir/.well-known/smart-configuration",
        "/actuator/health",
        "/actuator/health/readiness"
      })
  void tellsEveryoneWhatItIsAndHowItIs(String path) {
    assertThat(open(path).status()).isEqualTo(200);
  }

  @Test
  void tellsClientsWhereToGetATokenAndByWhichSignatures() {
    Answer answer = open("/fhir/.well-known/smart-configuration");

    assertThat(answer.json().path("token_endpoint").asText()).isEqualTo(SERVER + "/oauth2/token");
    assertThat(answer.json().path("token_endpoint_auth_signing_alg_values_supported"))
        .extracting(it -> it.asText())
        .containsExactly("RS384", "ES384");
  }

  @Test
  void givesATokenForAnAssertionOfEitherSignature() {
    for (ApiClient client : List.of(SCHEME, COUNCIL)) {
      Answer answer = client.askForToken(client.assertion());

      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.json().path("token_type").asText()).isEqualTo("Bearer");
      assertThat(answer.json().path("expires_in").asInt()).isBetween(1, 300);
      assertThat(answer.json().path("access_token").asText()).isNotBlank();
    }
    assertThat(COUNCIL.get("/fhir/CarePlan").status()).isEqualTo(200);
  }

  @Test
  void takesAnAssertionOnce() {
    String assertion = HOSPITAL.assertion();

    assertThat(HOSPITAL.askForToken(assertion).status()).isEqualTo(200);
    refused(assertion);
  }

  @Test
  void refusesAnAssertionThatSaysTheWrongThing() {
    JWTClaimsSet.Builder claims = HOSPITAL.claims();

    refused(signed(claims.audience("https://elsewhere.example/oauth2/token")));
    refused(signed(HOSPITAL.claims().audience((String) null)));
    refused(signed(HOSPITAL.claims().expirationTime(Date.from(Instant.now().minusSeconds(60)))));
    refused(signed(HOSPITAL.claims().expirationTime(Date.from(Instant.now().plusSeconds(3600)))));
    refused(signed(HOSPITAL.claims().expirationTime(null)));
    refused(signed(HOSPITAL.claims().jwtID(null)));
    refused(signed(HOSPITAL.claims().issuer("scheme")));
    refused(signed(HOSPITAL.claims().issuer(null)));
  }

  @Test
  void refusesAnAssertionThatNobodyRegisteredHasSigned() throws JOSEException {
    refused(new PlainJWT(HOSPITAL.claims().build()).serialize());
    refused(ApiClient.signed(JWSAlgorithm.RS256, Wexcombe.key("hospital"), claims("hospital")));
    refused(ApiClient.signed(JWSAlgorithm.RS384, Wexcombe.key("scheme"), claims("hospital")));
    refused(
        ApiClient.signed(
            JWSAlgorithm.RS384, Registry.rsa("thief", "key of hospital"), claims("hospital")));
    refused(ApiClient.signed(JWSAlgorithm.RS384, Wexcombe.key("hospital"), claims("nobody")));
    refused(signedWithThePublicKeyAsSecret());
    refused("not.a.jwt");
    refused("");
  }

  @Test
  void givesNoTokenForAScopeOrAPurposeNotRegistered() {
    assertThat(HOSPITAL.askForToken(HOSPITAL.assertion(), "scope", "system/Patient.cruds").status())
        .isEqualTo(400);
    assertThat(HOSPITAL.askForToken(HOSPITAL.assertion(), "purpose_of_use", "HRESCH").status())
        .isEqualTo(400);
  }

  @Test
  void holdsATokenToTheScopesThatWereAskedFor() {
    Answer token = HOSPITAL.askForToken(HOSPITAL.assertion(), "scope", "system/CarePlan.rs");
    String bearer = "Bearer " + token.json().path("access_token").asText();

    assertThat(open("/fhir/CarePlan", "Authorization", bearer).status()).isEqualTo(200);
    assertThat(open("/fhir/Task", "Authorization", bearer).status()).isEqualTo(403);
  }

  @Test
  void answersWhatNoScopeAllowsWith403() {
    for (Answer answer :
        List.of(
            COUNCIL.get("/fhir/Task"),
            COUNCIL.get("/fhir/Patient/1"),
            ANALYST.get("/fhir/Patient"),
            HOSPITAL.get("/fhir/AuditEvent"),
            HOSPITAL.send("POST", "/fhir/$share-decision", "{\"resourceType\":\"Parameters\"}"),
            HOSPITAL.send("POST", "/fhir/$process-message", "{}"))) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("SCOPE_MISSING");
    }
  }

  @Test
  void letsOnlyTheSchemeWrite() {
    Person person = Person.next();
    String patient =
        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + person.family() + "\"}]}";
    String bundle =
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":"
            + patient
            + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}]}";

    assertThat(HOSPITAL.send("POST", "/fhir/Patient", patient).status()).isEqualTo(403);
    assertThat(HOSPITAL.send("PUT", "/fhir/Patient/1", patient).status()).isIn(400, 403);
    assertThat(HOSPITAL.send("DELETE", "/fhir/Patient/1", "").status()).isEqualTo(403);
    assertThat(HOSPITAL.send("PATCH", "/fhir/Patient/1", "[]").status()).isIn(400, 403);
    assertThat(HOSPITAL.send("POST", "/fhir", bundle).status()).isEqualTo(403);
    assertThat(SCHEME.search(Patient.class, "family=" + person.family())).isEmpty();
  }

  @Test
  void letsNobodyDelete() {
    Patient patient = new Patient();
    patient.addName().setFamily(Person.next().family());
    patient.addIdentifier().setSystem("https://fingerpost.io/Id/local-patient/Z9S01").setValue("7");
    String path = "/fhir/Patient/" + SCHEME.create(patient).getIdElement().getIdPart();

    assertThat(SCHEME.send("DELETE", path, "").status()).isIn(403, 405);
    assertThat(SCHEME.get(path).status()).isEqualTo(200);
  }

  @Test
  void showsItsMetricsToTheMachineItselfAndToOperators() {
    String path = "/actuator/prometheus";

    assertThat(open(path).status()).isEqualTo(200);
    assertThat(open(path, "X-Forwarded-For", "192.0.2.7").status()).isIn(401, 403);
    assertThat(HOSPITAL.get(path, "X-Forwarded-For", "192.0.2.7").status()).isEqualTo(403);
    assertThat(OPERATOR.get(path, "X-Forwarded-For", "192.0.2.7").status()).isEqualTo(200);
    assertThat(open("/actuator/env").status()).isIn(401, 404);
  }

  @Test
  void keepsTheConsoleForOperators() {
    String nothing = "{\"message\":\"" + UUID.randomUUID() + "\"}";

    assertThat(
            SCHEME
                .send("POST", "/console/api/replay", nothing, "Content-Type", "application/json")
                .status())
        .isEqualTo(403);
    assertThat(
            OPERATOR
                .send("POST", "/console/api/replay", nothing, "Content-Type", "application/json")
                .status())
        .isEqualTo(200);
  }

  private static JWTClaimsSet claims(String client) {
    return HOSPITAL.claims().issuer(client).subject(client).build();
  }

  private static String signed(JWTClaimsSet.Builder claims) {
    return ApiClient.signed(JWSAlgorithm.RS384, Wexcombe.key("hospital"), claims.build());
  }

  private static String signedWithThePublicKeyAsSecret() throws JOSEException {
    byte[] secret = ((RSAKey) Wexcombe.key("hospital")).toPublicJWK().toJSONString().getBytes();
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key of hospital").build(),
            claims("hospital"));
    jwt.sign(new MACSigner(secret));
    return jwt.serialize();
  }

  private static void refused(String assertion) {
    Answer answer = HOSPITAL.askForToken(assertion);

    assertThat(answer.status()).as(answer.body()).isIn(400, 401);
    assertThat(answer.json().path("error").asText()).isIn("invalid_client", "invalid_request");
    assertThat(answer.body()).doesNotContain("access_token");
  }

  private static Answer open(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(SERVER + path)).GET();
    return ApiClient.send((headers.length == 0 ? request : request.headers(headers)).build());
  }
}
