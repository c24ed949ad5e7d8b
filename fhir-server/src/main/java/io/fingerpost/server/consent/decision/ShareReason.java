package io.fingerpost.server.consent.decision;

/** Why an answer is what it is. The reason alone says whether it is a yes or a no. */
public enum ShareReason {
  /** A consent in force covers the question. */
  PERMITTED(true),
  /** The sender reads back what it sent, or the scheme sees what it holds. */
  OWN_RECORD(true),
  NO_CONSENT_ON_RECORD(false),
  REFUSED(false),
  WITHDRAWN(false),
  EXPIRED(false),
  NOT_YET(false),
  /** Somebody else gave the consent, who may not, or may not now, decide for the person. */
  NO_AUTHORITY(false),
  /** There are consents, but none speaks of this recipient, purpose and content together. */
  NOT_COVERED(false),
  /** A consent would cover this, but names not every confidentiality or sensitivity label on it. */
  LABELLED(false),
  /** The National Data Opt-out. */
  OPTED_OUT(false),
  OVERRIDE_EMERGENCY(true),
  OVERRIDE_SAFEGUARDING(true),
  /** The consents could not be read, so nobody knows: a no. */
  COULD_NOT_ASK(false);

  private final boolean permits;

  ShareReason(boolean permits) {
    this.permits = permits;
  }

  public boolean permits() {
    return permits;
  }
}
