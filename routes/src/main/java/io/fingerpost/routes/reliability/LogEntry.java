package io.fingerpost.routes.reliability;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row of the message log: the message and what became of it so far.
 *
 * @param note why a message settled as stored has changed nothing; null where it has
 */
public record LogEntry(
    KeptMessage message,
    byte[] bodySha256,
    State state,
    int attempts,
    @Nullable String reference,
    @Nullable String note,
    @Nullable Refusal refusal) {

  /**
   * Received and stored, refused for the sender to mend, failed for us to mend, held until a person
   * has said whom it is about, or set aside by an operator.
   */
  public enum State {
    RECEIVED,
    STORED,
    REFUSED,
    FAILED,
    HELD,
    DISCARDED
  }

  public boolean isSettled() {
    return state == State.STORED || state == State.REFUSED || state == State.DISCARDED;
  }

  /** The same message, stored by what an operator made of it. */
  LogEntry storedAs(@Nullable String reference, @Nullable String note) {
    return new LogEntry(message, bodySha256, State.STORED, attempts, reference, note, null);
  }

  /** Whether there is work to do on it now; there is none on what is held. */
  public boolean isOpen() {
    return state == State.RECEIVED || state == State.FAILED;
  }

  public boolean hasBody(byte[] body) {
    return Arrays.equals(bodySha256, MessageLog.sha256(body));
  }

  @Override
  public String toString() {
    return "LogEntry[" + message + ", state=" + state + ", attempts=" + attempts + "]";
  }
}
