package io.fingerpost.server.audit;

import java.util.List;
import java.util.Map;

/**
 * What is told of one event, before it has an id.
 *
 * @param kind {@code permit}, {@code deny}, or the reason of an override
 * @param action what was done, in FHIR's letters
 * @param people {@code Patient/<id>}, in order
 * @param resources {@code Type/<id>} of what was asked for
 * @param details the decision's, reason first
 * @param basis the consent that decided; empty where there is none
 * @param correlation id of the request; empty where there is none
 */
record Event(
    String kind,
    boolean permitted,
    String action,
    Asker asker,
    List<String> people,
    List<String> resources,
    Map<String, String> details,
    String basis,
    String correlation) {

  /** Who asked, and what for. */
  record Asker(String client, String organisation, String purpose) {}

  /** FHIR's code: success, or the failure of what was asked for. */
  String outcome() {
    return permitted ? "0" : "4";
  }
}
