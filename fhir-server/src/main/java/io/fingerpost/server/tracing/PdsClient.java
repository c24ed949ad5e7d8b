package io.fingerpost.server.tracing;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import io.fingerpost.profiles.identity.NhsNumber;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;

/**
 * Asks the PDS FHIR API: {@code GET /Patient/<NHS number>}, and {@code GET /Patient?family=…} for
 * somebody whose number is not known. One question is one request.
 */
final class PdsClient {

  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private final PdsHttp http;
  private final PdsSettings settings;
  private final PdsToken token;

  PdsClient(PdsHttp http, PdsSettings settings, PdsToken token) {
    this.http = http;
    this.settings = settings;
    this.token = token;
  }

  /** The record of this number, or of the one that has taken its place. */
  PdsAnswer read(NhsNumber number) {
    return answer("/Patient/" + number.value());
  }

  /** The one record of this description; restricted mode tells of no more than one. */
  PdsAnswer search(Map<String, List<String>> by) {
    String query =
        by.entrySet().stream()
            .flatMap(
                one ->
                    one.getValue().stream()
                        .map(
                            value ->
                                one.getKey()
                                    + "="
                                    + URLEncoder.encode(value, StandardCharsets.UTF_8)))
            .collect(Collectors.joining("&"));
    return answer("/Patient?" + query);
  }

  private PdsAnswer answer(String what) {
    return answer(
        http.send(
            HttpRequest.newBuilder(URI.create(settings.base() + what))
                .header("Authorization", "Bearer " + token.value())
                .header("X-Request-ID", UUID.randomUUID().toString())
                .header("Accept", "application/fhir+json")
                .GET(),
            ""));
  }

  private PdsAnswer answer(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status == 200) {
      return found(parsed(response.body()));
    }
    if (status == 401 || status == 403) {
      token.forget();
      throw new PdsUnavailable("HTTP_" + status);
    }
    if (status == 408 || status == 429 || status >= 500 || status < 400) {
      throw new PdsUnavailable("HTTP_" + status, retryAfter(response));
    }
    String code = codeIn(response.body());
    if (status == 404 && code.equals("INVALIDATED_RESOURCE")) {
      return new PdsAnswer.Invalidated();
    }
    if (status == 404 && code.equals("RESOURCE_NOT_FOUND")) {
      return new PdsAnswer.Nobody();
    }
    // A 404 without the service's own code is a gateway's, and says nothing of anybody.
    if (status == 404) {
      throw new PdsUnavailable("HTTP_404");
    }
    return new PdsAnswer.Refused(code.isEmpty() ? "HTTP_" + status : code);
  }

  private static PdsAnswer found(IBaseResource answer) {
    if (answer instanceof Patient patient) {
      return new PdsAnswer.Found(patient);
    }
    if (answer instanceof Bundle bundle) {
      List<Patient> found =
          bundle.getEntry().stream()
              .map(Bundle.BundleEntryComponent::getResource)
              .filter(Patient.class::isInstance)
              .map(Patient.class::cast)
              .toList();
      return found.size() == 1 ? new PdsAnswer.Found(found.get(0)) : new PdsAnswer.Nobody();
    }
    // 200 with an OperationOutcome: TOO_MANY_MATCHES.
    if (answer instanceof OperationOutcome) {
      return new PdsAnswer.Nobody();
    }
    throw new PdsUnavailable("ANSWER_NOT_UNDERSTOOD");
  }

  private static IBaseResource parsed(String body) {
    try {
      return FHIR.newJsonParser().parseResource(body);
    } catch (DataFormatException unreadable) {
      throw new PdsUnavailable("ANSWER_UNREADABLE");
    }
  }

  private static String codeIn(String body) {
    try {
      return parsed(body) instanceof OperationOutcome outcome
          ? String.valueOf(outcome.getIssueFirstRep().getDetails().getCodingFirstRep().getCode())
              .replaceAll("[^A-Z_]", "")
          : "";
    } catch (PdsUnavailable unreadable) {
      return "";
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("[0-9]{1,5}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }
}
