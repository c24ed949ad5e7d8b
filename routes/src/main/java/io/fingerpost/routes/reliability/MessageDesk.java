package io.fingerpost.routes.reliability;

import static io.fingerpost.routes.reliability.DeskRefused.Code.MESSAGE_DISCARDED;
import static io.fingerpost.routes.reliability.DeskRefused.Code.MESSAGE_ERASED;
import static io.fingerpost.routes.reliability.DeskRefused.Code.MESSAGE_HELD;
import static io.fingerpost.routes.reliability.DeskRefused.Code.MESSAGE_IN_WORK;
import static io.fingerpost.routes.reliability.DeskRefused.Code.MESSAGE_NOT_KEPT;
import static io.fingerpost.routes.reliability.DeskRefused.Code.MESSAGE_OF_NOBODY;
import static io.fingerpost.routes.reliability.DeskRefused.Code.MESSAGE_STORED;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an operator sees of kept messages and does to them. Whatever is done takes the row's lock,
 * as {@link MessageLog} does for whoever works on the message: the two never do both.
 */
@Component
@Transactional
public class MessageDesk {

  /** Under this name the log keeps what senders nobody registered sent. */
  private static final String NOBODY = "unknown";

  private static final String DISCARDED_CODE = "MESSAGE_DISCARDED";
  private static final String DISCARDED_REMEDY =
      "The scheme has set this message aside and does not work on it. Telephone the scheme.";

  private static final String SUMMARY =
      """
      select id, sender, coalesce(sent_as, message_id) as message_id, channel, received_at, state,
        attempts, next_attempt_at, settled_at, reference, note, refusal_code, refusal_location,
        refusal_remedy, body is not null as body_kept, edited_from, edits, edited_by, edited_reason,
        edited_at, discarded_by, discarded_reason, discarded_at
      from fingerpost.message
      """;

  private final JdbcClient jdbc;
  private final BytesEncryptor encryptor;

  MessageDesk(JdbcClient jdbc, BytesEncryptor messageEncryptor) {
    this.jdbc = jdbc;
    this.encryptor = messageEncryptor;
  }

  /**
   * Where a page ends: the next one goes on behind it.
   *
   * @param receivedAt of the last message on it
   */
  public record Key(Instant receivedAt, UUID id) {}

  /**
   * The newest first.
   *
   * @param state, channel null for any
   * @param after null for the first page
   */
  public List<MessageSummary> list(
      Selection selection,
      @Nullable String state,
      @Nullable String channel,
      @Nullable Key after,
      int most) {
    return jdbc.sql(
            SUMMARY
                + """
                where (cast(:state as text) is null or state = :state)
                  and (cast(:sender as text) is null or sender = :sender)
                  and (cast(:channel as text) is null or channel = :channel)
                  and (cast(:since as timestamptz) is null or received_at >= :since)
                  and (cast(:until as timestamptz) is null or received_at < :until)
                  and (cast(:id as uuid) is null or (received_at, id) < (:at, :id))
                order by received_at desc, id desc limit :most
                """)
        .param("state", state)
        .param("sender", selection.sender())
        .param("channel", channel)
        .param("since", timestamp(selection.since()))
        .param("until", timestamp(selection.until()))
        .param("id", after == null ? null : after.id())
        .param("at", after == null ? null : timestamp(after.receivedAt()))
        .param("most", most)
        .query(MessageDesk::summary)
        .list();
  }

  public Optional<MessageSummary> find(UUID id) {
    return jdbc.sql(SUMMARY + "where id = ?").params(id).query(MessageDesk::summary).optional();
  }

  /** The edits of an original, the first one first. */
  public List<UUID> editsOf(UUID original) {
    return jdbc.sql("select id from fingerpost.message where edited_from = ? order by edit_number")
        .params(original)
        .query(UUID.class)
        .list();
  }

  /**
   * What the message says. Whoever asks has put on record that it is read.
   *
   * @throws DeskRefused when it is erased, or was never kept
   */
  public byte[] body(UUID id) {
    if (find(id).isEmpty()) {
      throw MESSAGE_NOT_KEPT.refusal();
    }
    return jdbc.sql("select body from fingerpost.message where id = ? and body is not null")
        .params(id)
        .query((row, number) -> row.getBytes("body"))
        .optional()
        .map(encryptor::decrypt)
        .orElseThrow(MESSAGE_ERASED::refusal);
  }

  private record Locked(UUID id, UUID original, String state, String sender) {}

  /**
   * Keeps an edited body beside its original, which stays as it was, and has it worked on as if the
   * sender had sent it so: under the same sender and the sender's own message id. Of an original
   * and its edits one at most is stored; until this one is refused or discarded, those before it
   * wait.
   *
   * @param id the original, or an edit of it, refused or failed
   * @return id of the edited message
   * @throws DeskRefused when the message, or another edit of it, is stored or being worked on
   */
  public UUID edit(UUID id, byte[] body, By by) {
    Locked message = lock(id);
    Locked original = message.original().equals(id) ? message : lock(message.original());
    requireOpen(message);
    if (message.sender().equals(NOBODY)) {
      throw MESSAGE_OF_NOBODY.refusal();
    }
    statesOfFamily(original.id()).forEach(MessageDesk::requireNotStoredOrInWork);
    int number = editsAgain(original.id());
    UUID edited = UUID.randomUUID();
    jdbc.sql(
            """
            insert into fingerpost.message
              (id, sender, message_id, sent_as, channel, received_at, body, body_sha256, state,
               next_attempt_at, edited_from, edit_number, edited_by, edited_reason, edited_at)
            select ?, sender, ?, message_id, channel, received_at, ?, ?, 'received', ?, id, ?, ?, ?, ?
            from fingerpost.message where id = ?
            """)
        .params(
            edited,
            "edited/" + original.id() + "/" + number,
            encryptor.encrypt(body),
            MessageLog.sha256(body),
            Timestamp.from(by.at()),
            number,
            by.client(),
            by.reason(),
            Timestamp.from(by.at()),
            original.id())
        .update();
    return edited;
  }

  /**
   * Writes to the original's row too, so that whoever waits for its lock sees that it was edited.
   */
  private int editsAgain(UUID original) {
    return jdbc.sql("update fingerpost.message set edits = edits + 1 where id = ? returning edits")
        .params(original)
        .query(Integer.class)
        .single();
  }

  /**
   * Sets a refused, failed or held message aside for good; it is kept, and its sender is told so if
   * it sends it again.
   *
   * @throws DeskRefused when it is stored, being worked on, or discarded already
   */
  public void discard(UUID id, By by) {
    Locked message = lock(id);
    if (!message.state().equals("held")) {
      requireOpen(message);
    }
    discard(new Selection(id, null, null, null), by, message.state());
  }

  /** The same for all failed ones that are meant. */
  public List<UUID> discardFailed(Selection selection, By by) {
    return discard(selection, by, "failed");
  }

  private List<UUID> discard(Selection selection, By by, String state) {
    return jdbc.sql(
            """
            update fingerpost.message
            set state = 'discarded', discarded_by = :client, discarded_reason = :reason,
              discarded_at = :at,
              settled_at = coalesce(settled_at, :at), next_attempt_at = null,
              refusal_location = coalesce(refusal_location, 'message'),
              refusal_remedy = case when refusal_code is null then :remedy else refusal_remedy end,
              refusal_code = coalesce(refusal_code, :code)
            where state = :state
              and (cast(:id as uuid) is null or id = :id)
              and (cast(:sender as text) is null or sender = :sender)
              and (cast(:since as timestamptz) is null or received_at >= :since)
              and (cast(:until as timestamptz) is null or received_at < :until)
            returning id
            """)
        .param("client", by.client())
        .param("reason", by.reason())
        .param("at", Timestamp.from(by.at()))
        .param("remedy", DISCARDED_REMEDY)
        .param("code", DISCARDED_CODE)
        .param("state", state)
        .param("id", selection.id())
        .param("sender", selection.sender())
        .param("since", timestamp(selection.since()))
        .param("until", timestamp(selection.until()))
        .query(UUID.class)
        .list();
  }

  private Locked lock(UUID id) {
    return jdbc.sql(
            """
            select id, coalesce(edited_from, id) as original, state, sender
            from fingerpost.message where id = ? for update
            """)
        .params(id)
        .query(
            (row, number) ->
                new Locked(
                    row.getObject("id", UUID.class),
                    row.getObject("original", UUID.class),
                    row.getString("state"),
                    row.getString("sender")))
        .optional()
        .orElseThrow(MESSAGE_NOT_KEPT::refusal);
  }

  private List<String> statesOfFamily(UUID original) {
    return jdbc.sql("select state from fingerpost.message where id = :id or edited_from = :id")
        .param("id", original)
        .query(String.class)
        .list();
  }

  private static void requireOpen(Locked message) {
    requireNotStoredOrInWork(message.state());
    switch (message.state()) {
      case "held" -> throw MESSAGE_HELD.refusal();
      case "discarded" -> throw MESSAGE_DISCARDED.refusal();
      default -> {}
    }
  }

  private static void requireNotStoredOrInWork(String state) {
    switch (state) {
      case "stored" -> throw MESSAGE_STORED.refusal();
      case "received" -> throw MESSAGE_IN_WORK.refusal();
      default -> {}
    }
  }

  private static @Nullable Timestamp timestamp(@Nullable Instant at) {
    return at == null ? null : Timestamp.from(at);
  }

  private static MessageSummary summary(ResultSet row, int number) throws SQLException {
    String code = row.getString("refusal_code");
    String editedBy = row.getString("edited_by");
    String discardedBy = row.getString("discarded_by");
    return new MessageSummary(
        row.getObject("id", UUID.class),
        row.getString("sender"),
        row.getString("message_id"),
        row.getString("channel"),
        row.getTimestamp("received_at").toInstant(),
        row.getString("state"),
        row.getInt("attempts"),
        instant(row, "next_attempt_at"),
        instant(row, "settled_at"),
        row.getString("reference"),
        row.getString("note"),
        code == null
            ? null
            : new Refusal(code, row.getString("refusal_location"), row.getString("refusal_remedy")),
        row.getBoolean("body_kept"),
        row.getObject("edited_from", UUID.class),
        row.getInt("edits"),
        editedBy == null
            ? null
            : new By(
                editedBy,
                row.getString("edited_reason"),
                Objects.requireNonNull(instant(row, "edited_at"))),
        discardedBy == null
            ? null
            : new By(
                discardedBy,
                row.getString("discarded_reason"),
                Objects.requireNonNull(instant(row, "discarded_at"))));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
