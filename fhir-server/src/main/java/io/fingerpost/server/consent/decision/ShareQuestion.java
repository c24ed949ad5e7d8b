package io.fingerpost.server.consent.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * May this recipient have this resource, for this purpose, at this instant?
 *
 * @param patient reference of the person it is about, for the audit; the rules do not read it
 * @param purpose v3-ActReason code
 * @param override what the recipient has been granted about this person; null when it has nothing
 */
public record ShareQuestion(
    String patient,
    Recipient recipient,
    String purpose,
    ResourceFacts resource,
    Instant at,
    @Nullable GrantedOverride override) {

  /** Without the person: a question may be logged. */
  @Override
  public String toString() {
    return "ShareQuestion[recipient=%s, purpose=%s, type=%s, at=%s]"
        .formatted(recipient.organisation(), purpose, resource.type(), at);
  }
}
