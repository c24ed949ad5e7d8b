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

  /** Received and stored, refused for the sender to mend, or failed for us to mend. */
  public enum State {
    RECEIVED,
    STORED,
    REFUSED,
    FAILED
  }

  public boolean isSettled() {
    return state == State.STORED || state == State.REFUSED;
  }

  public boolean hasBody(byte[] body) {
    return Arrays.equals(bodySha256, MessageLog.sha256(body));
  }

  @Override
  public String toString() {
    return "LogEntry[" + message + ", state=" + state + ", attempts=" + attempts + "]";
  }
}
