package io.fingerpost.routes.store;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the FHIR API says tokens are to be had, and the asking for one. */
final class SmartEndpoint {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI configuration;
  private final HttpClient http;

  SmartEndpoint(String base, Duration connect) {
    this.configuration = URI.create(base + "/.well-known/smart-configuration");
    this.http = HttpClient.newBuilder().connectTimeout(connect).build();
  }

  boolean isThere() {
    try {
      return !tokenEndpoint().toString().isEmpty();
    } catch (NoToken notThere) {
      return false;
    }
  }

  /** The address of tokens, which is also whom an assertion is made out to. */
  URI tokenEndpoint() {
    Map<String, Object> told = answer(HttpRequest.newBuilder(configuration).GET());
    if (told.get("token_endpoint") instanceof String address) {
      return URI.create(address);
    }
    throw new NoToken("no token endpoint is told");
  }

  Map<String, Object> token(URI endpoint, String assertion) {
    String form =
        Map.of(
                "grant_type", "client_credentials",
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion", assertion)
            .entrySet()
            .stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return answer(
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private Map<String, Object> answer(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new NoToken("HTTP " + response.statusCode());
      }
      return JSONObjectUtils.parse(response.body());
    } catch (IOException unreachable) {
      throw new NoToken(unreachable.getClass().getSimpleName());
    } catch (ParseException unreadable) {
      throw new NoToken("an answer that is not JSON");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NoToken("stopped");
    }
  }
}
