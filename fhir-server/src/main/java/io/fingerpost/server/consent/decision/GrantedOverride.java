package io.fingerpost.server.consent.decision;

import java.time.Instant;
import java.util.Set;

/**
 * Leave to see one person's records against or without consent, for a stated reason and a time.
 *
 * @param until from this instant on it has ended
 * @param reference how an auditor finds it
 */
public record GrantedOverride(Kind kind, Instant until, String reference) {

  /** Why consent is set aside. */
  public enum Kind {
    /** A life or somebody's safety is at stake now. */
    EMERGENCY(ShareReason.OVERRIDE_EMERGENCY, Set.of("ETREAT", "ERTREAT", "BTG")),
    /** Somebody may be at risk of abuse or neglect. */
    SAFEGUARDING(
        ShareReason.OVERRIDE_SAFEGUARDING,
        Set.of("TREAT", "CAREMGT", "COC", "ETREAT", "ERTREAT", "BTG"));

    private final ShareReason reason;
    private final Set<String> purposes;

    Kind(ShareReason reason, Set<String> purposes) {
      this.reason = reason;
      this.purposes = purposes;
    }
  }

  boolean reaches(ShareQuestion question) {
    return question.at().isBefore(until) && kind.purposes.contains(question.purpose());
  }

  ShareDecision toDecision() {
    return new ShareDecision(kind.reason, reference);
  }
}
