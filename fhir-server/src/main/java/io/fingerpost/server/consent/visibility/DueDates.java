package io.fingerpost.server.consent.visibility;

import io.fingerpost.server.consent.decision.ConsentRecord;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * When a person's records have to be looked at again although nobody has written anything. Each
 * node remembers when the next is due, so that a search need not ask; what another node writes
 * meanwhile it knows within seconds.
 */
final class DueDates {

  /** For how long what other nodes have written may be unknown here. */
  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  private final JdbcClient jdbc;
  private final AtomicReference<Known> known = new AtomicReference<>(new Known(Instant.MIN, 0));

  DueDates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param next when something is due
   * @param asked nanoseconds, whatever becomes of the clock
   */
  private record Known(Instant next, long asked) {}

  /** Whether somebody's records may have to be looked at by now. */
  boolean mayBeDue(Instant now) {
    Known latest = Objects.requireNonNull(known.get());
    return !now.isBefore(latest.next())
        || System.nanoTime() - latest.asked() > REMEMBERED.toNanos();
  }

  void forget(String person) {
    jdbc.sql("delete from fingerpost.visibility_due where patient = ?").param(person).update();
  }

  /** Keeps when a consent of this person begins or ends next, if any does. */
  void keep(String person, List<ConsentRecord> consents, Instant now) {
    consents.stream()
        .flatMap(ConsentRecord::turningPoints)
        .filter(turn -> turn.isAfter(now) && turn.isBefore(Instant.MAX))
        .min(Comparator.naturalOrder())
        .ifPresent(next -> keep(person, next));
  }

  private void keep(String person, Instant next) {
    jdbc.sql(
            """
            insert into fingerpost.visibility_due (patient, due_at) values (?, ?)
            on conflict (patient) do update set due_at = excluded.due_at
            """)
        .params(person, Timestamp.from(next))
        .update();
    askAgainAfterCommit();
  }

  /** Before the commit nobody else could read it, and would remember that there is nothing. */
  private void askAgainAfterCommit() {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            known.set(new Known(Instant.MIN, 0));
          }
        });
  }

  /** Those due, the longest due first. Where nobody is, it is remembered when somebody will be. */
  List<String> until(Instant now) {
    Known before = Objects.requireNonNull(known.get());
    long asked = System.nanoTime();
    List<Due> first =
        jdbc.sql(
                """
                select patient, due_at from fingerpost.visibility_due
                where due_at <= greatest(?, (select min(due_at) from fingerpost.visibility_due))
                order by due_at limit 500
                """)
            .param(Timestamp.from(now))
            .query(
                (row, number) ->
                    new Due(row.getString("patient"), row.getTimestamp("due_at").toInstant()))
            .list();
    List<String> due =
        first.stream().filter(one -> !one.at().isAfter(now)).map(Due::person).toList();
    if (due.isEmpty()) {
      Instant next = first.stream().map(Due::at).findFirst().orElse(Instant.MAX);
      // Not in the place of what was written since.
      known.compareAndSet(before, new Known(next, asked));
    }
    return due;
  }

  private record Due(String person, Instant at) {}
}
