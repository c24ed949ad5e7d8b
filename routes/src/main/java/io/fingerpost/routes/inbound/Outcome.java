package io.fingerpost.routes.inbound;

/** What became of a message: stored, refused (the sender's fault) or failed (ours). */
public sealed interface Outcome {

  /** The referral stands in the store; {@code reference} is its {@code ServiceRequest/<id>}. */
  record Stored(String reference) implements Outcome {}

  /** The sender has to mend it; retrying it unchanged cannot help. */
  record Refused(MessageRefused.Code code, String location, String remedy) implements Outcome {

    public static Refused of(MessageRefused refusal) {
      return new Refused(refusal.code(), refusal.location(), refusal.remedy());
    }
  }

  /** Ours to mend: the message is kept, tried again by itself, and may be sent again at any time. */
  record Failed() implements Outcome {}
}
