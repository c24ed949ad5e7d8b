package io.fingerpost.server.matching;

import io.fingerpost.profiles.matching.MatchDecision;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was decided, where those who keep the messages read it; once for each Task, whoever decides
 * at the same time.
 */
final class DecisionTable {

  private final JdbcClient jdbc;

  DecisionTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param subject what names the identifier it was asked about
   * @param patient {@code Patient/<id>} of the one it is the same as
   */
  record Row(
      String task,
      UUID message,
      String subject,
      MatchDecision decision,
      Optional<String> patient) {}

  /**
   * @return false when it was decided before
   */
  boolean add(Row row, Instant at) {
    return jdbc.sql(
                """
                insert into fingerpost.match_decision
                  (task, message, subject, decision, patient, decided_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """)
            .params(
                row.task(),
                row.message(),
                row.subject(),
                row.decision().code(),
                row.patient().orElse(null),
                Timestamp.from(at))
            .update()
        == 1;
  }
}
