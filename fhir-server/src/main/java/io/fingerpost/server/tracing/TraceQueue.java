package io.fingerpost.server.tracing;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is to be traced, each by one node at a time, and what came of it. */
final class TraceQueue {

  private final JdbcClient jdbc;

  TraceQueue(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Somebody to be traced.
   *
   * @param patient {@code Patient/<id>}
   * @param question what names what is asked
   */
  record Row(String patient, String question, int attempts) {}

  /**
   * Adds somebody, in the transaction that is open, unless the same was asked and answered lately.
   *
   * @param goodSince an answer from before is no longer good
   */
  void add(String patient, String question, Instant now, Instant goodSince) {
    jdbc.sql(
            """
            insert into fingerpost.trace as known (patient, question, next_attempt_at)
            values (:patient, :question, :now)
            on conflict (patient) do update
            set question = :question, state = 'pending', attempts = 0, next_attempt_at = :now
            where known.question <> :question
              or (known.state = 'traced' and known.traced_at < :goodSince)
            """)
        .param("patient", patient)
        .param("question", question)
        .param("now", Timestamp.from(now))
        .param("goodSince", Timestamp.from(goodSince))
        .update();
  }

  boolean hasDue(Instant now) {
    return jdbc.sql(
            """
            select true from fingerpost.trace
            where state = 'pending' and next_attempt_at <= ? limit 1
            """)
        .param(Timestamp.from(now))
        .query(Boolean.class)
        .optional()
        .isPresent();
  }

  /** Takes the next one for this node alone, until {@code leaseUntil}. */
  Optional<Row> take(Instant now, Instant leaseUntil) {
    return jdbc.sql(
            """
            update fingerpost.trace set next_attempt_at = ?
            where patient = (
              select patient from fingerpost.trace
              where state = 'pending' and next_attempt_at <= ?
              order by next_attempt_at limit 1 for update skip locked)
            returning patient, question, attempts
            """)
        .params(Timestamp.from(leaseUntil), Timestamp.from(now))
        .query(
            (row, number) ->
                new Row(
                    row.getString("patient"), row.getString("question"), row.getInt("attempts")))
        .optional();
  }

  /** In the transaction that writes what came of it; not where something else is asked by now. */
  boolean end(Row row, TraceOutcome outcome, Instant at) {
    return jdbc.sql(
                """
                update fingerpost.trace
                set state = 'traced', outcome = ?, traced_at = ?, next_attempt_at = null
                where patient = ? and question = ? and state = 'pending'
                """)
            .params(outcome.name(), Timestamp.from(at), row.patient(), row.question())
            .update()
        == 1;
  }

  /**
   * @param again null when it now waits for an operator
   */
  int putOff(Row row, String cause, @Nullable Instant again) {
    return jdbc.sql(
            """
            update fingerpost.trace
            set attempts = attempts + 1, outcome = ?, next_attempt_at = ?,
              state = case when cast(? as timestamptz) is null then 'failed' else 'pending' end
            where patient = ? and question = ? and state = 'pending'
            """)
        .params(
            cause,
            again == null ? null : Timestamp.from(again),
            again == null ? null : Timestamp.from(again),
            row.patient(),
            row.question())
        .update();
  }

  long count(String state) {
    return jdbc.sql("select count(*) from fingerpost.trace where state = ?")
        .param(state)
        .query(Long.class)
        .single();
  }
}
