package io.fingerpost.server.vocabulary;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.client.api.IHttpRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fingerpost.server.vocabulary.TerminologySettings.Credentials;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Puts a bearer token on each request, and gets another one in time (OAuth 2.0, 4.4). */
@Interceptor
final class BearerToken {

  private static final Duration SPARE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Credentials credentials;
  private final Duration answer;
  private final Clock clock;
  private final HttpClient http;
  private String token = "";
  private Instant renewAt = Instant.MIN;

  BearerToken(TerminologySettings settings, Credentials credentials, Clock clock) {
    this.credentials = credentials;
    this.answer = settings.answer();
    this.clock = clock;
    this.http = HttpClient.newBuilder().connectTimeout(settings.connect()).build();
  }

  @Hook(Pointcut.CLIENT_REQUEST)
  public void sign(IHttpRequest request) {
    request.addHeader("Authorization", "Bearer " + token());
  }

  /** The server did not take it: the next request asks for another. */
  synchronized void forget() {
    renewAt = Instant.MIN;
  }

  private synchronized String token() {
    if (!clock.instant().isBefore(renewAt)) {
      JsonNode given = ask();
      token = given.path("access_token").asText();
      Duration life = Duration.ofSeconds(given.path("expires_in").asLong(60));
      renewAt = clock.instant().plus(life).minus(life.compareTo(SPARE) > 0 ? SPARE : Duration.ZERO);
    }
    return token;
  }

  private JsonNode ask() {
    try {
      HttpResponse<String> response = http.send(request(), BodyHandlers.ofString());
      JsonNode given = response.statusCode() == 200 ? JSON.readTree(response.body()) : null;
      if (given == null || !given.hasNonNull("access_token")) {
        throw new NoAnswer("token " + response.statusCode());
      }
      return given;
    } catch (IOException e) {
      throw new NoAnswer("token " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("token interrupted");
    }
  }

  private HttpRequest request() throws IOException {
    String form =
        "grant_type=client_credentials&client_id="
            + encoded(credentials.clientId())
            + "&client_secret="
            + encoded(Files.readString(credentials.secretFile()).strip())
            + (credentials.scope() == null ? "" : "&scope=" + encoded(credentials.scope()));
    return HttpRequest.newBuilder(credentials.tokenUrl())
        .timeout(answer)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "application/json")
        .POST(BodyPublishers.ofString(form))
        .build();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
