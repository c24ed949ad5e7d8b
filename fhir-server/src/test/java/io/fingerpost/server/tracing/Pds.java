package io.fingerpost.server.tracing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * The service as its documentation and sandbox describe it, played on this machine; people and
 * numbers are made up.
 */
final class Pds {

  static final RSAKey KEY = key();

  final WireMockServer server = new WireMockServer(options().dynamicPort());

  Pds() {
    server.start();
    server.stubFor(
        post(urlEqualTo("/oauth2/token"))
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "application/json")
                    .withBody(
                        """
                        {"access_token": "made-up", "expires_in": "599", "token_type": "Bearer"}
                        """)));
  }

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("test-1").generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  PdsSettings settings(int aSecond) {
    try {
      Path file = Files.createTempFile("pds", ".jwk");
      Files.writeString(file, KEY.toJSONString());
      return new PdsSettings(
          server.baseUrl(),
          server.baseUrl() + "/oauth2/token",
          "made-up-api-key",
          file,
          aSecond,
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofDays(7),
          3,
          Duration.ofMillis(1),
          5,
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMillis(200));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  PdsClient client() {
    PdsSettings settings = settings(5);
    PdsHttp http = new PdsHttp(settings);
    return new PdsClient(http, settings, new PdsToken(http, settings, KEY, Clock.systemUTC()));
  }

  void answers(String number, int status, String body) {
    stub(get(urlPathEqualTo("/Patient/" + number)), response(status, body));
  }

  void searchAnswers(int status, String body) {
    stub(get(urlPathEqualTo("/Patient")), response(status, body));
  }

  void stub(MappingBuilder request, ResponseDefinitionBuilder response) {
    server.stubFor(request.willReturn(response));
  }

  static ResponseDefinitionBuilder response(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/fhir+json")
        .withBody(body);
  }

  static String fault(String code) {
    return """
        {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "value",
          "details": {"coding": [{
            "system": "https://fhir.nhs.uk/R4/CodeSystem/Spine-ErrorOrWarningCode",
            "version": "1", "code": "%s"}]}}]}
        """
        .formatted(code);
  }

  static String patient(String number, String family, String given, String born, String label) {
    return """
        {"resourceType": "Patient", "id": "%1$s",
         "meta": {"versionId": "2", "security": [{
           "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "%5$s"}]},
         "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "%1$s"}],
         "name": [{"id": "123", "use": "usual", "family": "%2$s", "given": ["%3$s"]}],
         "gender": "female", "birthDate": "%4$s",
         "address": [{"use": "home", "line": ["1 Trevelyan Square"], "postalCode": "WX1 2AB"}]}
        """
        .formatted(number, family, given, born, label);
  }

  static String searchset(String... patients) {
    StringBuilder entries = new StringBuilder();
    for (String patient : patients) {
      entries
          .append(entries.isEmpty() ? "" : ",")
          .append("{\"search\": {\"score\": 1}, \"resource\": ")
          .append(patient)
          .append("}");
    }
    return "{\"resourceType\": \"Bundle\", \"type\": \"searchset\", \"total\": "
        + patients.length
        + ", \"entry\": ["
        + entries
        + "]}";
  }

  void stop() {
    server.stop();
  }
}
