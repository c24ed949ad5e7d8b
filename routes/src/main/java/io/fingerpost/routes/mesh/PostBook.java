package io.fingerpost.routes.mesh;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What came into the mailboxes and what is sent from them, as far as it is not in the message log.
 * Each thing that came is answered by one letter at most, however often it is looked at.
 */
@Component
@Transactional
class PostBook {

  /** Something that came, and whose answer is not written yet. */
  record Unanswered(String meshId, String from, UUID message) {}

  private final JdbcClient jdbc;
  private final BytesEncryptor encryptor;

  PostBook(JdbcClient jdbc, BytesEncryptor messageEncryptor) {
    this.jdbc = jdbc;
    this.encryptor = messageEncryptor;
  }

  /** Whether this was written down before, and so needs no fetching. */
  boolean holds(String mailbox, String meshId) {
    return jdbc.sql("select 1 from fingerpost.mesh_received where mailbox = ? and mesh_id = ?")
        .params(mailbox, meshId)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /**
   * @param taken what its addressee made of it; null for a report
   */
  void received(Post post, Addressee.@Nullable Taken taken, Instant at) {
    Post.Cover cover = post.cover();
    jdbc.sql(
            """
            insert into fingerpost.mesh_received
              (mailbox, mesh_id, kind, sender_mailbox, workflow, status_code, about, received_at,
               message, owes_answer)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """)
        .params(
            post.mailbox(),
            post.id(),
            taken == null ? "report" : "data",
            cover.from(),
            cover.workflow(),
            cover.statusCode(),
            cover.about(),
            Timestamp.from(at),
            taken == null ? null : taken.message(),
            taken != null && taken.answered())
        .update();
  }

  void acknowledged(String mailbox, String meshId, Instant at) {
    jdbc.sql(
            """
            update fingerpost.mesh_received set acknowledged_at = coalesce(acknowledged_at, ?)
            where mailbox = ? and mesh_id = ?
            """)
        .params(Timestamp.from(at), mailbox, meshId)
        .update();
  }

  /** Those whose answer is known by now come first to be known; a few hundred at a time. */
  List<Unanswered> unanswered(String mailbox) {
    return jdbc.sql(
            """
            select received.mesh_id, received.sender_mailbox, received.message
            from fingerpost.mesh_received received
            join fingerpost.message message on message.id = received.message
            where received.mailbox = ? and received.owes_answer
              and message.state in ('stored', 'refused')
            order by received.received_at limit 500
            """)
        .params(mailbox)
        .query(
            (row, number) ->
                new Unanswered(
                    row.getString("mesh_id"),
                    row.getString("sender_mailbox"),
                    row.getObject("message", UUID.class)))
        .list();
  }

  /** Owes an answer, in the one transaction that says it is not owed to be written any more. */
  void owe(String mailbox, Unanswered to, String workflow, byte[] body, Instant at) {
    jdbc.sql(
            """
            insert into fingerpost.mesh_sent
              (id, mailbox, in_answer_to, recipient_mailbox, workflow, body, created_at,
               next_attempt_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (mailbox, in_answer_to) do nothing
            """)
        .params(
            UUID.randomUUID(),
            mailbox,
            to.meshId(),
            to.from(),
            workflow,
            encryptor.encrypt(body),
            Timestamp.from(at),
            Timestamp.from(at))
        .update();
    jdbc.sql(
            """
            update fingerpost.mesh_received set owes_answer = false
            where mailbox = ? and mesh_id = ?
            """)
        .params(mailbox, to.meshId())
        .update();
  }

  /** Takes letters that are due, and counts the try before it is made. */
  List<Letter> takeDue(String mailbox, Instant now, Instant nextTry) {
    return jdbc.sql(
            """
            update fingerpost.mesh_sent set attempts = attempts + 1, next_attempt_at = ?
            where id in (
              select id from fingerpost.mesh_sent
              where mailbox = ? and state = 'pending'
                and (next_attempt_at <= ? or next_attempt_at > ?)
              order by created_at limit 100 for update skip locked)
            returning id, recipient_mailbox, workflow, body, attempts
            """)
        .params(Timestamp.from(nextTry), mailbox, Timestamp.from(now), Timestamp.from(nextTry))
        .query(
            (row, number) ->
                new Letter(
                    row.getObject("id", UUID.class),
                    row.getString("recipient_mailbox"),
                    row.getString("workflow"),
                    encryptor.decrypt(row.getBytes("body")),
                    row.getInt("attempts")))
        .list();
  }

  /**
   * @param meshId MESH's id of it; null where an earlier try had sent it
   */
  void sent(UUID id, @Nullable String meshId, Instant at) {
    jdbc.sql(
            """
            update fingerpost.mesh_sent
            set state = 'sent', mesh_id = ?, settled_at = ?, body = null
            where id = ? and state = 'pending'
            """)
        .params(meshId, Timestamp.from(at), id)
        .update();
  }

  /** What nobody will take is an operator's; the answer stays in what it is made of. */
  void failed(UUID id, String reason, Instant at) {
    jdbc.sql(
            """
            update fingerpost.mesh_sent
            set state = 'failed', reason = ?, settled_at = ?, body = null
            where id = ? and state = 'pending'
            """)
        .params(reason, Timestamp.from(at), id)
        .update();
  }

  /** Gives up what could not be sent for too long. */
  List<UUID> giveUp(String mailbox, Duration after, Instant now) {
    return jdbc.sql(
            """
            update fingerpost.mesh_sent
            set state = 'failed', reason = 'GIVEN_UP', settled_at = ?, body = null
            where mailbox = ? and state = 'pending' and created_at < ?
            returning id
            """)
        .params(Timestamp.from(now), mailbox, Timestamp.from(now.minus(after)))
        .query(UUID.class)
        .list();
  }

  /** MESH says that a letter did not arrive, by its own id of it or by ours. */
  Optional<UUID> undelivered(String mailbox, Post.Cover report, Instant at) {
    return jdbc.sql(
            """
            update fingerpost.mesh_sent set state = 'failed', reason = ?, settled_at = ?
            where mailbox = ? and (mesh_id = ? or id::text = ?)
            returning id
            """)
        .params(
            "REPORT " + reasonOf(report),
            Timestamp.from(at),
            mailbox,
            report.about(),
            report.localId())
        .query(UUID.class)
        .optional();
  }

  /** A short code, or nothing: what else a header may hold is not repeated. */
  private static String reasonOf(Post.Cover report) {
    String code = report.statusCode();
    return code != null && code.matches("[A-Za-z0-9-]{1,30}") ? code : "?";
  }
}
