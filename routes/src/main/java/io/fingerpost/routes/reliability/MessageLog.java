package io.fingerpost.routes.reliability;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Every message received, its body encrypted, from before anything is done with it until its
 * retention has passed. A sender and message id stand in it once.
 */
@Component
@Transactional
public class MessageLog {

  private static final String COLUMNS =
      "id, sender, message_id, channel, received_at, body, body_sha256, state, attempts,"
          + " reference, note, refusal_code, refusal_location, refusal_remedy";

  private final JdbcClient jdbc;
  private final BytesEncryptor encryptor;

  MessageLog(JdbcClient jdbc, BytesEncryptor messageEncryptor) {
    this.jdbc = jdbc;
    this.encryptor = messageEncryptor;
  }

  /**
   * Keeps a message, unless its sender and id are kept already. Durable when this returns outside a
   * transaction.
   *
   * @param dueAt when it is taken up again should nobody settle it before
   * @return whether it is new
   */
  public boolean keep(KeptMessage message, Instant dueAt) {
    return jdbc.sql(
                """
                insert into fingerpost.message
                  (id, sender, message_id, channel, received_at, body, body_sha256, state,
                   next_attempt_at)
                values (?, ?, ?, ?, ?, ?, ?, 'received', ?)
                on conflict (sender, message_id) do nothing
                """)
            .params(
                message.id(),
                message.sender(),
                message.messageId(),
                message.channel(),
                Timestamp.from(message.receivedAt()),
                encryptor.encrypt(message.body()),
                sha256(message.body()),
                Timestamp.from(dueAt))
            .update()
        == 1;
  }

  /** Keeps a message that is refused already, in one step: it is never taken up as work. */
  public boolean keepRefused(KeptMessage message, Refusal refusal) {
    boolean isNew = keep(message, message.receivedAt());
    if (isNew) {
      markRefused(message.id(), refusal, message.receivedAt());
    }
    return isNew;
  }

  public Optional<LogEntry> find(String sender, String messageId) {
    return jdbc.sql(
            "select " + COLUMNS + " from fingerpost.message where sender = ? and message_id = ?")
        .params(sender, messageId)
        .query(this::entry)
        .optional();
  }

  /** By our id, and only for the organisation that sent it. */
  public Optional<LogEntry> find(UUID id, String sender) {
    return jdbc.sql("select " + COLUMNS + " from fingerpost.message where id = ? and sender = ?")
        .params(id, sender)
        .query(this::entry)
        .optional();
  }

  /** By our own id. */
  public Optional<LogEntry> find(UUID id) {
    return jdbc.sql("select " + COLUMNS + " from fingerpost.message where id = ?")
        .params(id)
        .query(this::entry)
        .optional();
  }

  /**
   * Takes the row for this transaction alone: whoever else works on the message waits here.
   *
   * @return what became of it, where somebody settled it before; empty when it is to be worked on
   */
  public Optional<LogEntry> lockUnlessSettled(UUID id) {
    boolean isOpen =
        jdbc.sql(
                """
                select true from fingerpost.message
                where id = ? and state in ('received', 'failed') for update
                """)
            .params(id)
            .query(Boolean.class)
            .optional()
            .isPresent();
    return isOpen ? Optional.empty() : find(id);
  }

  /**
   * @param reference what it became or was about; null where the store does not have that
   * @param note why it has changed nothing; null where it has
   */
  public void markStored(UUID id, @Nullable String reference, @Nullable String note, Instant at) {
    jdbc.sql(
            """
            update fingerpost.message
            set state = 'stored', reference = ?, note = ?, settled_at = ?, next_attempt_at = null,
              attempts = attempts + 1
            where id = ?
            """)
        .params(reference, note, Timestamp.from(at), id)
        .update();
  }

  /** Settles a message as the sender's to mend; one already settled stays as it is. */
  public void markRefused(UUID id, Refusal refusal, Instant at) {
    jdbc.sql(
            """
            update fingerpost.message
            set state = 'refused', refusal_code = ?, refusal_location = ?, refusal_remedy = ?,
              settled_at = ?, next_attempt_at = null, attempts = attempts + 1
            where id = ? and state in ('received', 'failed')
            """)
        .params(refusal.code(), refusal.location(), refusal.remedy(), Timestamp.from(at), id)
        .update();
  }

  /**
   * @param nextAttemptAt null when it now waits for an operator
   */
  public void markFailed(UUID id, @Nullable Instant nextAttemptAt) {
    jdbc.sql(
            """
            update fingerpost.message
            set state = 'failed', attempts = attempts + 1, next_attempt_at = ?
            where id = ? and state in ('received', 'failed')
            """)
        .params(nextAttemptAt == null ? null : Timestamp.from(nextAttemptAt), id)
        .update();
  }

  /**
   * Takes messages that are due, each for one node alone, and leases them until {@code leaseUntil}.
   */
  public List<LogEntry> takeDue(Instant now, Instant leaseUntil, int limit) {
    return jdbc.sql(
            """
            update fingerpost.message set next_attempt_at = ?
            where id in (
              select id from fingerpost.message
              where state in ('received', 'failed') and next_attempt_at <= ?
              order by received_at limit ? for update skip locked)
            returning
            """
                + COLUMNS)
        .params(Timestamp.from(leaseUntil), Timestamp.from(now), limit)
        .query(this::entry)
        .list();
  }

  /** Makes failed messages due at once; by id, by sender, or all of them when both are null. */
  public List<UUID> replay(@Nullable UUID id, @Nullable String sender, Instant now) {
    return jdbc.sql(
            """
            update fingerpost.message set next_attempt_at = :now, attempts = 0
            where state = 'failed'
              and (cast(:id as uuid) is null or id = :id)
              and (cast(:sender as text) is null or sender = :sender)
            returning id
            """)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .param("sender", sender)
        .query(UUID.class)
        .list();
  }

  /** Erases bodies settled longer ago than their retention; what became of them stays. */
  public int erase(Duration retention, Instant now) {
    return jdbc.sql(
            "update fingerpost.message set body = null where body is not null and settled_at < ?")
        .params(Timestamp.from(now.minus(retention)))
        .update();
  }

  private LogEntry entry(ResultSet row, int rowNumber) throws SQLException {
    byte[] body = row.getBytes("body");
    String code = row.getString("refusal_code");
    return new LogEntry(
        new KeptMessage(
            row.getObject("id", UUID.class),
            row.getString("sender"),
            row.getString("message_id"),
            row.getString("channel"),
            row.getTimestamp("received_at").toInstant(),
            body == null ? new byte[0] : encryptor.decrypt(body)),
        row.getBytes("body_sha256"),
        LogEntry.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInt("attempts"),
        row.getString("reference"),
        row.getString("note"),
        code == null
            ? null
            : new Refusal(
                code, row.getString("refusal_location"), row.getString("refusal_remedy")));
  }

  static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
