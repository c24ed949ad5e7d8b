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
import java.util.Set;
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
      "id, sender, coalesce(sent_as, message_id) as message_id, channel, received_at, body,"
          + " body_sha256, state, attempts, reference, note, refusal_code, refusal_location,"
          + " refusal_remedy";

  private static final Set<String> OPEN = Set.of("received", "failed", "held");

  /** A message that failed is tried again after so long at the latest. */
  public static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final Refusal STORED_BEFORE =
      new Refusal(
          "MESSAGE_STORED_BEFORE",
          "message",
          "The message this was edited from, or another edit of it, is stored. Change the record,"
              + " or have the sender send a new message.");

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
   * @param now when it is refused, should it be an edited one that came too late
   * @return what became of it, where somebody settled it before, or an operator had an edited one
   *     worked on instead; empty when it is to be worked on
   */
  public Optional<LogEntry> lockUnlessSettled(UUID id, Instant now) {
    Optional<Boolean> isEdited =
        jdbc.sql(
                """
                select edited_from is not null or edits > 0 from fingerpost.message
                where id = ? and state in ('received', 'failed') for update
                """)
            .params(id)
            .query(Boolean.class)
            .optional();
    if (isEdited.isEmpty()) {
      return find(id);
    }
    return isEdited.get() ? settledByEdit(id, now) : Optional.empty();
  }

  private record Relative(
      UUID id, int number, String state, @Nullable String reference, @Nullable String note) {}

  /** An original and its edits: one at most is stored, and while a later one is open, it waits. */
  private Optional<LogEntry> settledByEdit(UUID id, Instant now) {
    List<Relative> family = lockedFamily(id);
    Relative self = family.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    Optional<Relative> stored =
        family.stream().filter(each -> each.state().equals("stored")).findFirst();
    if (stored.isPresent() && self.number() > 0) {
      markRefused(id, STORED_BEFORE, now);
      return find(id);
    }
    boolean waits =
        family.stream()
            .anyMatch(each -> each.number() > self.number() && OPEN.contains(each.state()));
    if (stored.isEmpty() && !waits) {
      return Optional.empty();
    }
    jdbc.sql("update fingerpost.message set next_attempt_at = null where id = ?")
        .params(id)
        .update();
    LogEntry entry = find(id).orElseThrow();
    return Optional.of(
        stored.map(edit -> entry.storedAs(edit.reference(), edit.note())).orElse(entry));
  }

  /** Under the lock of the original, which all of them take. */
  private List<Relative> lockedFamily(UUID id) {
    UUID original =
        jdbc.sql(
                """
                select id from fingerpost.message
                where id = (select coalesce(edited_from, id) from fingerpost.message where id = ?)
                for update
                """)
            .params(id)
            .query(UUID.class)
            .single();
    return jdbc.sql(
            """
            select id, edit_number, state, reference, note from fingerpost.message
            where id = :original or edited_from = :original
            """)
        .param("original", original)
        .query(
            (row, number) ->
                new Relative(
                    row.getObject("id", UUID.class),
                    row.getInt("edit_number"),
                    row.getString("state"),
                    row.getString("reference"),
                    row.getString("note")))
        .list();
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
   * Keeps a message until somebody has decided whom it is about.
   *
   * @param task {@code Task/<id>} that asks
   */
  public void markHeld(UUID id, String task) {
    jdbc.sql(
            """
            update fingerpost.message
            set state = 'held', reference = ?, next_attempt_at = null, attempts = attempts + 1
            where id = ? and state in ('received', 'failed')
            """)
        .params(task, id)
        .update();
  }

  /** Puts back to work what was held and has been decided on since. */
  public int release(Instant now) {
    return jdbc.sql(
            """
            update fingerpost.message held
            set state = 'received', next_attempt_at = ?, attempts = 1
            from fingerpost.match_decision decided
            where held.state = 'held' and decided.task = held.reference
            """)
        .params(Timestamp.from(now))
        .update();
  }

  /** Messages that are held, those that have waited longest first. */
  public List<LogEntry> held(int limit) {
    return jdbc.sql(
            "select "
                + COLUMNS.replace(" body,", " null::bytea as body,")
                + " from fingerpost.message where state = 'held' order by received_at limit ?")
        .params(limit)
        .query(this::entry)
        .list();
  }

  /** How many messages are held. */
  public long countHeld() {
    return jdbc.sql("select count(*) from fingerpost.message where state = 'held'")
        .query(Long.class)
        .single();
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
   * One that would wait for longer than any wait there is was put off by a clock that has been set
   * back since: it is due, too.
   */
  public List<LogEntry> takeDue(Instant now, Instant leaseUntil, int limit) {
    return jdbc.sql(
            """
            update fingerpost.message set next_attempt_at = ?
            where id in (
              select id from fingerpost.message
              where state in ('received', 'failed')
                and (next_attempt_at <= ? or next_attempt_at > ?)
              order by received_at limit ? for update skip locked)
            returning
            """
                + COLUMNS)
        .params(
            Timestamp.from(leaseUntil),
            Timestamp.from(now),
            Timestamp.from(leaseUntil.plus(LONGEST_WAIT)),
            limit)
        .query(this::entry)
        .list();
  }

  /**
   * Makes failed messages due at once, as they are; one that waits for an edited one stays as it
   * is.
   */
  public List<UUID> replay(Selection selection, Instant now) {
    return jdbc.sql(
            """
            update fingerpost.message failed set next_attempt_at = :now, attempts = 0
            where state = 'failed'
              and (cast(:id as uuid) is null or id = :id)
              and (cast(:sender as text) is null or sender = :sender)
              and (cast(:since as timestamptz) is null or received_at >= :since)
              and (cast(:until as timestamptz) is null or received_at < :until)
              and not exists (
                select 1 from fingerpost.message edited
                where edited.edited_from = coalesce(failed.edited_from, failed.id)
                  and edited.edit_number > failed.edit_number
                  and edited.state in ('received', 'failed', 'held', 'stored'))
            returning id
            """)
        .param("now", Timestamp.from(now))
        .param("id", selection.id())
        .param("sender", selection.sender())
        .param("since", selection.since() == null ? null : Timestamp.from(selection.since()))
        .param("until", selection.until() == null ? null : Timestamp.from(selection.until()))
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
