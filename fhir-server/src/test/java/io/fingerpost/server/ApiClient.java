package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** A client of the FHIR API as any other program is one: by HTTP, with a token it asked for. */
final class ApiClient {

  static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String server;
  private final String client;
  private final JWK key;
  private final @Nullable ApiClient tokens;
  private @Nullable String token;
  private Instant renewAt = Instant.EPOCH;

  private final @Nullable String purpose;

  ApiClient(String server, String client, JWK key) {
    this(server, client, key, null, null);
  }

  private ApiClient(
      String server, String client, JWK key, @Nullable String purpose, @Nullable ApiClient tokens) {
    this.server = server;
    this.client = client;
    this.key = key;
    this.purpose = purpose;
    this.tokens = tokens;
  }

  /** The same client, asking another node; its tokens are the first one's. */
  ApiClient at(String node) {
    return new ApiClient(node, client, key, null, this);
  }

  /** The same client with tokens for another of its purposes than the first. */
  ApiClient forPurpose(String other) {
    return new ApiClient(server, client, key, other, null);
  }

  /** What came back. */
  record Answer(int status, String body, HttpHeaders headers) {

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("not JSON, status " + status, e);
      }
    }

    <R extends Resource> R resource(Class<R> type) {
      assertThat(status).as(body).isBetween(200, 299);
      return FhirContext.forR4Cached().newJsonParser().parseResource(type, body);
    }

    <R extends Resource> List<R> entries(Class<R> type) {
      return resource(Bundle.class).getEntry().stream()
          .map(Bundle.BundleEntryComponent::getResource)
          .filter(type::isInstance)
          .map(type::cast)
          .toList();
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /** The code of ours among the codings of an OperationOutcome's first issue. */
    String code() {
      for (JsonNode coding : json().at("/issue/0/details/coding")) {
        if (coding.path("system").asText().startsWith("https://fingerpost.io/")) {
          return coding.path("code").asText();
        }
      }
      return "";
    }
  }

  Answer get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  Answer send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request = request(path, headers);
    if (List.of(headers).stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
      request.header("Content-Type", "application/fhir+json");
    }
    return send(request.method(method, BodyPublishers.ofString(body)).build());
  }

  Answer head(String path) {
    return send(request(path).method("HEAD", BodyPublishers.noBody()).build());
  }

  /** Stores a new resource, and gives it as it was stored. */
  <R extends Resource> R create(R resource) {
    String type = resource.fhirType();
    Answer answer = send("POST", "/fhir/" + type, text(resource));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return stored(resource, answer);
  }

  <R extends Resource> R update(R resource) {
    String path = "/fhir/" + resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    Answer answer = send("PUT", path, text(resource));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return stored(resource, answer);
  }

  @SuppressWarnings("unchecked")
  private static <R extends Resource> R stored(R sent, Answer answer) {
    return (R) answer.resource(sent.getClass());
  }

  <R extends Resource> List<R> search(Class<R> type, String query) {
    return get("/fhir/" + type.getSimpleName() + "?_count=200&" + query).entries(type);
  }

  private static String text(Resource resource) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token());
    return headers.length == 0 ? request : request.headers(headers);
  }

  private URI uri(String path) {
    return URI.create(path.startsWith("http") ? path : server + path.replace("|", "%7C"));
  }

  synchronized String token() {
    if (tokens != null) {
      return tokens.token();
    }
    if (token == null || renewAt.isBefore(Instant.now())) {
      String[] more = purpose == null ? new String[0] : new String[] {"purpose_of_use", purpose};
      token = askForToken(assertion(), more).json().path("access_token").asText();
      renewAt = Instant.now().plusSeconds(120);
    }
    return token;
  }

  String assertion() {
    return signed(algorithm(), key, claims().build());
  }

  /** What SMART Backend Services asks an assertion to say. */
  JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(client)
        .subject(client)
        .audience(server + "/oauth2/token")
        .expirationTime(Date.from(Instant.now().plusSeconds(240)))
        .jwtID(UUID.randomUUID().toString());
  }

  private JWSAlgorithm algorithm() {
    return key instanceof ECKey ? JWSAlgorithm.ES384 : JWSAlgorithm.RS384;
  }

  static String signed(JWSAlgorithm algorithm, JWK key, JWTClaimsSet claims) {
    try {
      JWSSigner signer =
          key instanceof ECKey curve ? new ECDSASigner(curve) : new RSASSASigner((RSAKey) key);
      SignedJWT jwt =
          new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** From an address of its own, so that the failures of one test are not counted in another. */
  Answer askForToken(String assertion, String... more) {
    return askForTokenFrom("test-" + UUID.randomUUID(), assertion, more);
  }

  /**
   * @param address what the proxy before the server says
   */
  Answer askForTokenFrom(String address, String assertion, String... more) {
    Map<String, String> form = new java.util.LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_assertion_type", ASSERTION_TYPE);
    form.put("client_assertion", assertion);
    for (int i = 0; i < more.length; i += 2) {
      form.put(more[i], more[i + 1]);
    }
    String body =
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(uri("/oauth2/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Forwarded-For", address)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response.headers());
    } catch (IOException e) {
      throw new AssertionError("no answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
