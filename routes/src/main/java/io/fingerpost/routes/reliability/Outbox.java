package io.fingerpost.routes.reliability;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is owed to partners, until it is delivered, denied, or nobody's to hear. */
@Component
@Transactional
public class Outbox {

  /** How an entry ended. */
  public enum End {
    DELIVERED,
    DENIED,
    NOBODY,
    FAILED;

    /** As it stands in the table and in the log. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final JdbcClient jdbc;

  Outbox(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes entries that are due, each for one node alone, until {@code leaseUntil}. Of one person
   * and partner only the oldest is given: what a partner hears, it hears in order.
   *
   * @param farthest no entry waits until after that, by this clock: one that does was put off by a
   *     clock that has been set back since, and is due
   */
  public List<OutboxRow> take(Instant now, Instant leaseUntil, Instant farthest, int limit) {
    return jdbc.sql(
            """
            update fingerpost.outbox set next_attempt_at = ?
            where id in (
              select due.id from fingerpost.outbox due
              where due.state = 'pending'
                and (due.next_attempt_at <= ? or due.next_attempt_at > ?)
                and not exists (
                  select 1 from fingerpost.outbox earlier
                  where earlier.state = 'pending' and earlier.subject = due.subject
                    and earlier.recipient is not distinct from due.recipient
                    and earlier.sequence < due.sequence)
              order by due.sequence limit ? for update skip locked)
            returning id, resource_type, resource_id, resource_version, created_at, attempts
            """)
        .params(Timestamp.from(leaseUntil), Timestamp.from(now), Timestamp.from(farthest), limit)
        .query(
            (row, number) ->
                new OutboxRow(
                    row.getObject("id", UUID.class),
                    row.getString("resource_type")
                        + "/"
                        + row.getString("resource_id")
                        + "/_history/"
                        + row.getLong("resource_version"),
                    row.getTimestamp("created_at").toInstant(),
                    row.getInt("attempts")))
        .list();
  }

  /**
   * @param recipient ODS code of the partner; null when there was none to tell
   * @param reason code of the decision or failure
   */
  public void end(UUID id, End end, @Nullable String recipient, String reason, Instant at) {
    jdbc.sql(
            """
            update fingerpost.outbox
            set state = ?, recipient = coalesce(?, recipient), reason = ?, settled_at = ?, attempts = attempts + 1
            where id = ? and state = 'pending'
            """)
        .params(end.code(), recipient, reason, Timestamp.from(at), id)
        .update();
  }

  /**
   * Makes failed entries owed again, each under the id it had; a sender has no part in it. One
   * whose change has been followed by a later one that was told, or is about to be, stays as it is:
   * told now it would undo the later.
   */
  public List<UUID> replay(Selection selection, Instant now) {
    return jdbc.sql(
            """
            update fingerpost.outbox failed
            set state = 'pending', settled_at = null, attempts = 0, next_attempt_at = :now
            where failed.state = 'failed'
              and (cast(:id as uuid) is null or failed.id = :id)
              and (cast(:since as timestamptz) is null or failed.created_at >= :since)
              and (cast(:until as timestamptz) is null or failed.created_at < :until)
              and not exists (
                select 1 from fingerpost.outbox later
                where later.resource_type = failed.resource_type
                  and later.resource_id = failed.resource_id
                  and later.sequence > failed.sequence
                  and later.state in ('pending', 'delivered'))
            returning failed.id
            """)
        .param("now", Timestamp.from(now))
        .param("id", selection.id())
        .param("since", selection.since() == null ? null : Timestamp.from(selection.since()))
        .param("until", selection.until() == null ? null : Timestamp.from(selection.until()))
        .query(UUID.class)
        .list();
  }

  /** Leaves it owed, and says when to try again. */
  public void putOff(UUID id, String reason, Instant nextAttemptAt) {
    jdbc.sql(
            """
            update fingerpost.outbox
            set attempts = attempts + 1, reason = ?, next_attempt_at = ?
            where id = ? and state = 'pending'
            """)
        .params(reason, Timestamp.from(nextAttemptAt), id)
        .update();
  }
}
