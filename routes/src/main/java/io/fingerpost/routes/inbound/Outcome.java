package io.fingerpost.routes.inbound;

import io.fingerpost.routes.reliability.Refusal;

/** What became of a message: stored, refused (the sender's fault) or failed (ours). */
public sealed interface Outcome {

  /** The referral stands in the store; {@code reference} is its {@code ServiceRequest/<id>}. */
  record Stored(String reference) implements Outcome {}

  /** The sender has to mend it; retrying it unchanged cannot help. */
  record Refused(Refusal refusal) implements Outcome {}

  /**
   * Ours to mend: the message is kept, tried again by itself, and may be sent again at any time.
   */
  record Failed() implements Outcome {}
}
