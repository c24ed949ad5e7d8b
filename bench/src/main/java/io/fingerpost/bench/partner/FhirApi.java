package io.fingerpost.bench.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The FHIR API as one client sees it. */
public final class FhirApi {

  private static final String FHIR_JSON = "application/fhir+json";

  private final Server server;
  private final Http http;
  private final Tokens tokens;
  private final Tokens.Wanted wanted;

  public FhirApi(Server server, Http http, Tokens tokens, String client) {
    this.server = server;
    this.http = http;
    this.tokens = tokens;
    this.wanted = Tokens.Wanted.of(client);
  }

  /**
   * @param path below {@code /fhir}, its query encoded: {@code CarePlan?patient=Patient/1}
   */
  public Answer get(String path) {
    return http.send(
        "GET",
        server.fhir(path),
        Map.of("Authorization", bearer(), "Accept", FHIR_JSON, "Cache-Control", "no-cache"),
        "");
  }

  /** As {@link #get}, for what is not FHIR: the outcome tables. */
  public Answer getTable(String view, String format) {
    return http.send(
        "GET",
        server.fhir("$viewdefinition-run?view=" + view + "&_format=" + format),
        Map.of("Authorization", bearer()),
        "");
  }

  /** As {@link #get}, for what goes through the whole record of decisions. */
  public Answer verifyAudit(String query) {
    return http.send(
        "GET",
        server.fhir("$verify-audit" + query),
        Map.of("Authorization", bearer(), "Accept", FHIR_JSON),
        "",
        Duration.ofHours(6));
  }

  public Answer post(String path, String body) {
    return http.send(
        "POST",
        server.fhir(path),
        Map.of("Authorization", bearer(), "Content-Type", FHIR_JSON, "Accept", FHIR_JSON),
        body);
  }

  public Answer put(String path, JsonNode body) {
    return http.send(
        "PUT",
        server.fhir(path),
        Map.of("Authorization", bearer(), "Content-Type", FHIR_JSON, "Accept", FHIR_JSON),
        body.toString());
  }

  /** Sends a FHIR message, under request and correlation ids of its own. */
  public Answer message(String bundle) {
    return http.send(
        "POST",
        server.fhir("$process-message"),
        Map.of(
            "Authorization",
            bearer(),
            "Content-Type",
            FHIR_JSON,
            "Accept",
            FHIR_JSON,
            "X-Request-Id",
            UUID.randomUUID().toString(),
            "X-Correlation-Id",
            UUID.randomUUID().toString()),
        bundle);
  }

  /**
   * Refers as a landlord does, beside FHIR.
   *
   * @param key the same each time this referral is sent
   */
  public Answer refer(String referral, String key) {
    return http.send(
        "POST",
        server.base().resolve("/housing/referrals"),
        Map.of(
            "Authorization", bearer(), "Content-Type", "application/json", "Idempotency-Key", key),
        referral);
  }

  /** How a landlord's referral stands. */
  public Answer standing(String reference) {
    return http.send(
        "GET",
        server.base().resolve("/housing/referrals/" + reference),
        Map.of("Authorization", bearer()),
        "");
  }

  /** A token of an identifier search: {@code system|value}, encoded. */
  public static String identifier(String system, String value) {
    return URLEncoder.encode(system + "|" + value, StandardCharsets.UTF_8);
  }

  private String bearer() {
    return "Bearer " + tokens.of(wanted);
  }
}
