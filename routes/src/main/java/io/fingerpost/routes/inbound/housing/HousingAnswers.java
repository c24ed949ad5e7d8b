package io.fingerpost.routes.inbound.housing;

import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.reliability.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The answers to a landlord: a receipt, how a referral stands, or a problem (RFC 9457) with every
 * fault in it. None repeats a value that was sent.
 */
final class HousingAnswers {

  static final String REFERRALS = "/housing/referrals";

  private static final String HEADER = "header:";

  /**
   * What this channel refuses, and the HTTP status of it; whatever else the spine may find is 422.
   */
  static final Map<Code, Integer> STATUSES =
      Map.ofEntries(
          Map.entry(Code.MESSAGE_MALFORMED, 400),
          Map.entry(Code.FIELD_MISSING, 400),
          Map.entry(Code.FIELD_INVALID, 400),
          Map.entry(Code.NHS_NUMBER_INVALID, 400),
          Map.entry(Code.SENDER_UNKNOWN, 403),
          Map.entry(Code.MESSAGE_TOO_LARGE, 413),
          Map.entry(Code.TYPE_UNSUPPORTED, 415),
          Map.entry(Code.CHARSET_UNSUPPORTED, 415),
          Map.entry(Code.PERSON_MISMATCH, 422),
          Map.entry(Code.PROFILE_VIOLATED, 422),
          Map.entry(Code.MESSAGE_ID_REUSED, 422));

  private HousingAnswers() {}

  /** Kept, stored and committed. */
  static ResponseEntity<Map<String, Object>> taken(UUID reference) {
    return ResponseEntity.accepted()
        .location(URI.create(REFERRALS + "/" + reference))
        .contentType(MediaType.APPLICATION_JSON)
        .body(Map.of("reference", reference.toString()));
  }

  static ResponseEntity<Map<String, Object>> standing(UUID reference, String status, String state) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("reference", reference.toString());
    body.put("status", status);
    body.put("state", state);
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
  }

  static ResponseEntity<Map<String, Object>> refused(List<Fault> faults) {
    String code = faults.get(0).code().name();
    String title =
        faults.size() == 1
            ? "The referral is refused."
            : "The referral is refused for %d faults.".formatted(faults.size());
    return problem(
        STATUSES.getOrDefault(faults.get(0).code(), 422),
        code,
        title,
        faults.stream().map(HousingAnswers::told).toList());
  }

  /** A refusal as the log has it: its location may name several places. */
  static ResponseEntity<Map<String, Object>> refused(Refusal refusal) {
    Code code = Code.valueOf(refusal.code());
    return refused(
        Stream.of(refusal.location().split(", ", -1))
            .map(place -> new Fault(code, place, refusal.remedy()))
            .toList());
  }

  static ResponseEntity<Map<String, Object>> failed(Duration wait) {
    ResponseEntity<Map<String, Object>> problem =
        problem(
            503,
            "FAILED",
            "The fault is ours. Ask the same again, later, and under the same key.",
            List.of());
    return ResponseEntity.status(503)
        .headers(problem.getHeaders())
        .header(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds()))
        .body(problem.getBody());
  }

  /** Alike for what does not exist and what is not the asker's, to the byte. */
  static ResponseEntity<Map<String, Object>> unknown() {
    return problem(
        404, "NOT_FOUND", "You have sent no referral that was given this reference.", List.of());
  }

  private static ResponseEntity<Map<String, Object>> problem(
      int status, String code, String title, List<Map<String, String>> errors) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("title", title);
    body.put("status", status);
    body.put("code", code);
    if (!errors.isEmpty()) {
      body.put("errors", errors);
    }
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(body);
  }

  private static Map<String, String> told(Fault fault) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("code", fault.code().name());
    if (fault.pointer().startsWith(HEADER)) {
      told.put("header", fault.pointer().substring(HEADER.length()));
    } else {
      told.put("pointer", fault.pointer());
    }
    told.put("detail", fault.remedy());
    return told;
  }
}
