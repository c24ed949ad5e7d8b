package io.fingerpost.routes.inbound;

import io.fingerpost.routes.reliability.Refusal;
import org.jspecify.annotations.Nullable;

/** What became of a message: stored, refused (the sender's fault) or failed (ours). */
public sealed interface Outcome {

  /** It stands in the store; {@code reference} is what it became, {@code ServiceRequest/<id>}. */
  record Stored(String reference) implements Outcome {}

  /**
   * Read and understood, and nothing is different for it: it is acknowledged, and on record.
   *
   * @param reference what it was about; null where the store does not have it
   */
  record Noted(Note note, @Nullable String reference) implements Outcome {}

  /** Why a message changed nothing; stands in the message log. */
  enum Note {
    /** Something newer was said about the same person or referral before. */
    OLDER_THAN_KNOWN,
    /** It is about a person the store does not have: nothing is made up of them. */
    PERSON_UNKNOWN,
    /** What it says stands in the store already. */
    KNOWN_ALREADY
  }

  /** The sender has to mend it; retrying it unchanged cannot help. */
  record Refused(Refusal refusal) implements Outcome {}

  /**
   * Ours to mend: the message is kept, tried again by itself, and may be sent again at any time.
   */
  record Failed() implements Outcome {}
}
