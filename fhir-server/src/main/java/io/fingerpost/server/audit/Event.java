package io.fingerpost.server.audit;

import java.util.List;
import java.util.Map;

/**
 * One event before it has an id: a decision, or several that are alike.
 *
 * @param decided what they have in common
 * @param action what was done, in FHIR's letters
 * @param resources {@code Type/<id>} of all that was asked for
 * @param details of the decision, the reason first
 * @param correlation id of the request; empty where there is none
 */
record Event(
    Decided decided,
    String action,
    List<String> resources,
    Map<String, String> details,
    String correlation) {

  private static final String OVERRIDE = "OVERRIDE_";

  /** What operators ask for: permit, deny, or the reason of an override. */
  String kind() {
    return isOverride() ? decided.reason() : answer();
  }

  boolean isOverride() {
    return decided.reason().startsWith(OVERRIDE);
  }

  /** FHIR's word for the decision. */
  String answer() {
    return decided.permitted() ? "permit" : "deny";
  }

  /** FHIR's code: success, or the failure of what was asked for. */
  String outcome() {
    return decided.permitted() ? "0" : "4";
  }

  /** In one order, whatever the set's. */
  List<String> people() {
    return decided.people().stream().sorted().toList();
  }
}
