package io.fingerpost.routes.reliability;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * How far senders have got with what they say of one person or one referral, whichever connection
 * or node it came by. It compares what senders say of time with what they said before, and looks at
 * no clock of ours. Whoever asks holds the row until its transaction ends.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class NewestMessage {

  private static final String REPLACED = "replaced";

  private final JdbcClient jdbc;

  NewestMessage(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param newest false when something was said later, and taken before
   * @param first whether nothing had been said of the subject before
   */
  public record Taken(boolean newest, boolean first) {}

  /**
   * Takes the row of the subject, and remembers the message where it is not older than one that was
   * taken before. Where the times leave it open which is older, the one that came later counts.
   *
   * @param earliest the earliest moment the message may have been written at
   * @param latest the latest
   */
  public Taken take(String subject, Instant earliest, Instant latest) {
    return jdbc.sql(
            """
            insert into fingerpost.newest_message as known (subject, said_at)
            values (:subject, :earliest)
            on conflict (subject) do update
            set said_at = case when known.said_at > :latest then known.said_at
              else greatest(known.said_at, excluded.said_at) end
            returning said_at <= :latest as newest, xmax = 0 as first
            """)
        .param("subject", subject)
        .param("earliest", Timestamp.from(earliest))
        .param("latest", Timestamp.from(latest))
        .query((row, number) -> new Taken(row.getBoolean("newest"), row.getBoolean("first")))
        .single();
  }

  /** Remembers which message somebody's record began with. */
  public void begin(String person, Instant earliest) {
    jdbc.sql(
            """
            insert into fingerpost.newest_message as known (subject, said_at, version)
            values (?, ?, '1')
            on conflict (subject) do update
            set said_at = greatest(known.said_at, excluded.said_at)
            """)
        .params(person, Timestamp.from(earliest))
        .update();
  }

  /**
   * Takes the row of a person for this transaction, and says nothing newer of them.
   *
   * @return false when their record has been replaced by another
   */
  public boolean hold(String person) {
    return jdbc.sql(
            """
            insert into fingerpost.newest_message as known (subject, said_at) values (?, '-infinity')
            on conflict (subject) do update set said_at = known.said_at
            returning version is distinct from 'replaced'
            """)
        .param(person)
        .query(Boolean.class)
        .single();
  }

  /** Remembers that a person's record has been replaced by another; {@link #hold} tells. */
  public void retire(String person) {
    made(person, REPLACED);
  }

  public void revive(String person) {
    jdbc.sql(
            "update fingerpost.newest_message set version = null where subject = ? and version = ?")
        .params(person, REPLACED)
        .update();
  }

  /** Remembers which version of a record the newest message about it made. */
  public void made(String subject, String version) {
    jdbc.sql("update fingerpost.newest_message set version = ? where subject = ?")
        .params(version, subject)
        .update();
  }

  /**
   * A message added to a record without saying what the newest one says: the version that came of
   * it is a message's where the version before was.
   */
  public void madeFrom(String subject, String version) {
    jdbc.sql("update fingerpost.newest_message set version = ? where subject = ? and version = ?")
        .params(following(version), subject, version)
        .update();
  }

  /** The version that an update makes which nobody else has forestalled. */
  public static String following(String version) {
    return String.valueOf(Long.parseLong(version) + 1);
  }

  /** Whether it was a message that made this version of the record, and not somebody's hand. */
  public boolean madeVersion(String subject, String version) {
    return jdbc.sql("select true from fingerpost.newest_message where subject = ? and version = ?")
        .params(subject, version)
        .query(Boolean.class)
        .optional()
        .isPresent();
  }
}
