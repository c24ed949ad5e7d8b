package io.fingerpost.server.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/**
 * What is kept in one row: the decisions of one request that had the same answer for the same
 * reason. It is kept as short as it can be, and told as AuditEvents when somebody reads it.
 *
 * @param action what was done, in FHIR's letters
 * @param details of the decision, the reason first
 * @param correlation id of the request; empty where there is none
 * @param parts an AuditEvent each
 */
record Event(
    String client,
    String organisation,
    String purpose,
    boolean permitted,
    String reason,
    String action,
    Map<String, String> details,
    String correlation,
    List<Part> parts) {

  private static final String OVERRIDE = "OVERRIDE_";
  private static final String ACT = "MESSAGE_";
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * What was asked for about the same people, and decided by the same consent.
   *
   * @param people {@code Patient/<id>}, sorted
   * @param basis the consent that decided; empty where there is none
   * @param resources {@code Type/<id>} of all that was asked for
   */
  record Part(List<String> people, String basis, List<String> resources) {}

  /**
   * What operators ask for: permit, deny, the reason of an override, a match, or what an operator
   * did.
   */
  String kind() {
    return overrides() || matches() || acts() ? reason : answer();
  }

  /** A person was found to be one or another, and nobody's consent was asked. */
  boolean matches() {
    return reason.equals(DecisionAudit.MATCH_PERSON);
  }

  /** Something an operator did with kept messages: nobody decided about it. */
  boolean acts() {
    return reason.startsWith(ACT);
  }

  boolean overrides() {
    return reason.startsWith(OVERRIDE);
  }

  /** FHIR's word for the decision. */
  String answer() {
    return permitted ? "permit" : "deny";
  }

  /** FHIR's code: success, or the failure of what was asked for. */
  String outcome() {
    return permitted ? "0" : "4";
  }

  /** All it is about, in one order. */
  @JsonIgnore
  List<String> people() {
    return parts.stream().flatMap(part -> part.people().stream()).distinct().sorted().toList();
  }

  String text() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Event of(String text) {
    try {
      return JSON.readValue(text, Event.class);
    } catch (JsonProcessingException e) {
      // Not with what it quotes: that is a person's.
      throw new IllegalStateException("an event of the record cannot be read");
    }
  }
}
