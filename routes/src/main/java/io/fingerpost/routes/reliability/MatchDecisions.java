package io.fingerpost.routes.reliability;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people have decided about messages that were held; the server writes it down. */
@Component
public class MatchDecisions {

  private final JdbcClient jdbc;

  MatchDecisions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param code {@code same}, {@code different} or {@code wrong-number}
   * @param patient {@code Patient/<id>} of the one it is the same as
   */
  public record Decided(String code, @Nullable String patient) {}

  /**
   * @param subject what names the identifier it was asked about
   */
  public Optional<Decided> find(UUID message, String subject) {
    return jdbc.sql(
            """
            select decision, patient from fingerpost.match_decision
            where message = ? and subject = ?
            """)
        .params(message, subject)
        .query((row, number) -> new Decided(row.getString("decision"), row.getString("patient")))
        .optional();
  }
}
