package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.reliability.LogEntry;
import io.fingerpost.routes.reliability.MessageLog;
import io.fingerpost.routes.reliability.TakenReferences;
import java.util.Objects;
import java.util.Optional;

/** What the message log knows of rows, so that reception can be tried without a database. */
interface KeptRows {

  /** Whether another row with this reference was kept and not refused. */
  boolean isTaken(String sender, String reference, String messageId);

  /** What became of a row; empty while it is not settled. */
  Optional<Outcome> outcome(String sender, String messageId);

  static KeptRows of(MessageLog messages, TakenReferences references) {
    return new KeptRows() {
      @Override
      public boolean isTaken(String sender, String reference, String messageId) {
        return references.isTaken(sender, reference, messageId);
      }

      @Override
      public Optional<Outcome> outcome(String sender, String messageId) {
        return messages.find(sender, messageId).filter(LogEntry::isSettled).map(this::outcome);
      }

      private Outcome outcome(LogEntry entry) {
        return entry.state() == LogEntry.State.STORED
            ? new Outcome.Stored(String.valueOf(entry.reference()))
            : new Outcome.Refused(Objects.requireNonNull(entry.refusal()));
      }
    };
  }
}
