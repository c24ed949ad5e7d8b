package io.fingerpost.routes.inbound;

import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.reliability.Refusal;
import org.jspecify.annotations.Nullable;

/** What became of a message: stored, held, refused (the sender's fault) or failed (ours). */
public sealed interface Outcome {

  /** Gives the answer for the kind it is of. */
  <T> T told(Telling<T> telling);

  /**
   * What there is to say to a sender for each kind of outcome. Whoever answers senders implements
   * it, so that an outcome nobody has an answer for does not compile.
   */
  interface Telling<T> {

    T stored(Stored stored);

    T noted(Noted noted);

    T held(Held held);

    T refused(Refused refused);

    T failed(Failed failed);
  }

  /** It stands in the store; {@code reference} is what it became, {@code ServiceRequest/<id>}. */
  record Stored(String reference) implements Outcome {

    @Override
    public <T> T told(Telling<T> telling) {
      return telling.stored(this);
    }
  }

  /**
   * Read and understood, and nothing is different for it: it is acknowledged, and on record.
   *
   * @param reference what it was about; null where the store does not have it
   */
  record Noted(Note note, @Nullable String reference) implements Outcome {

    @Override
    public <T> T told(Telling<T> telling) {
      return telling.noted(this);
    }
  }

  /** Why a message changed nothing; stands in the message log. */
  enum Note {
    /** Something newer was said about the same person or referral before. */
    OLDER_THAN_KNOWN,
    /** It is about a person the store does not have: nothing is made up of them. */
    PERSON_UNKNOWN,
    /** What it says stands in the store already. */
    KNOWN_ALREADY
  }

  /**
   * Kept, and taken up once a person at the scheme has decided whom it is about. The sender has
   * nothing to do.
   *
   * @param reference {@code Task/<id>} that asks
   */
  record Held(String reference) implements Outcome {

    /** Why, and what the sender is to do; the location is in no format's words. */
    public static final Refusal WHY =
        new Refusal(
            Code.PERSON_MISMATCH.name(),
            "person",
            "The message is kept. Its identifier is known here with another description of the"
                + " person, so somebody at the scheme decides whom it is about before it is taken"
                + " up. Do not send it again; check the identifier against the person's record, and"
                + " tell the scheme if it is wrong.");

    @Override
    public <T> T told(Telling<T> telling) {
      return telling.held(this);
    }
  }

  /** The sender has to mend it; retrying it unchanged cannot help. */
  record Refused(Refusal refusal) implements Outcome {

    @Override
    public <T> T told(Telling<T> telling) {
      return telling.refused(this);
    }
  }

  /**
   * Ours to mend: the message is kept, tried again by itself, and may be sent again at any time.
   */
  record Failed() implements Outcome {

    @Override
    public <T> T told(Telling<T> telling) {
      return telling.failed(this);
    }
  }
}
