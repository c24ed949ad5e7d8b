package io.fingerpost.server.consent.decision;

import java.time.Instant;

/**
 * May this recipient have this resource, for this purpose, at this instant?
 *
 * @param patient reference of the person it is about, for the audit; the rules do not read it
 * @param purpose v3-ActReason code
 */
public record ShareQuestion(
    String patient, Recipient recipient, String purpose, ResourceFacts resource, Instant at) {

  /** Without the person: a question may be logged. */
  @Override
  public String toString() {
    return "ShareQuestion[recipient=%s, purpose=%s, type=%s, at=%s]"
        .formatted(recipient.organisation(), purpose, resource.type(), at);
  }
}
