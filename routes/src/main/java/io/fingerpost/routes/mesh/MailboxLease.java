package io.fingerpost.routes.mesh;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who of the nodes looks into a mailbox: one at a time, and another once it has shown no sign of
 * life for long enough.
 */
@Component
@Transactional
class MailboxLease {

  /** The clocks of two nodes differ by less. */
  private static final Duration DIFFERENCE = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final UUID holder = UUID.randomUUID();

  MailboxLease(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes or prolongs it; false while another node has it. A lease that would last longer than one
   * does was taken by a clock that has been set back since, and is over.
   */
  boolean hold(String mailbox, Instant now, Duration lease) {
    return jdbc.sql(
                """
                insert into fingerpost.mesh_mailbox as held (mailbox, holder, held_until)
                values (?, ?, ?)
                on conflict (mailbox) do update
                set holder = excluded.holder, held_until = excluded.held_until
                where held.holder = excluded.holder or held.held_until <= ? or held.held_until > ?
                """)
            .params(
                mailbox,
                holder,
                Timestamp.from(now.plus(lease)),
                Timestamp.from(now),
                Timestamp.from(now.plus(lease).plus(DIFFERENCE)))
            .update()
        == 1;
  }

  void release(String mailbox, Instant now) {
    jdbc.sql("update fingerpost.mesh_mailbox set held_until = ? where mailbox = ? and holder = ?")
        .params(Timestamp.from(now), mailbox, holder)
        .update();
  }

  /** When MESH last confirmed that we may use it, whichever node asked. */
  Optional<Instant> validatedAt(String mailbox) {
    return jdbc.sql("select validated_at from fingerpost.mesh_mailbox where mailbox = ?")
        .params(mailbox)
        .query((row, number) -> Optional.ofNullable(row.getTimestamp("validated_at")))
        .optional()
        .flatMap(found -> found)
        .map(Timestamp::toInstant);
  }

  void validated(String mailbox, Instant at) {
    jdbc.sql("update fingerpost.mesh_mailbox set validated_at = ? where mailbox = ?")
        .params(Timestamp.from(at), mailbox)
        .update();
  }
}
