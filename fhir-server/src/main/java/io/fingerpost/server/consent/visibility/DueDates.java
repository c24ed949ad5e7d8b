package io.fingerpost.server.consent.visibility;

import io.fingerpost.server.consent.decision.ConsentRecord;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When a person's records have to be looked at again although nobody has written anything. */
final class DueDates {

  private final JdbcClient jdbc;

  DueDates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void forget(String person) {
    jdbc.sql("delete from fingerpost.visibility_due where patient = ?").param(person).update();
  }

  /** Keeps when a consent of this person begins or ends next, if any does. */
  void keep(String person, List<ConsentRecord> consents, Instant now) {
    consents.stream()
        .flatMap(ConsentRecord::turningPoints)
        .filter(turn -> turn.isAfter(now) && turn.isBefore(Instant.MAX))
        .min(Comparator.naturalOrder())
        .ifPresent(next -> keep(person, next));
  }

  private void keep(String person, Instant next) {
    jdbc.sql(
            """
            insert into fingerpost.visibility_due (patient, due_at) values (?, ?)
            on conflict (patient) do update set due_at = excluded.due_at
            """)
        .params(person, Timestamp.from(next))
        .update();
  }

  List<String> until(Instant now) {
    return jdbc.sql(
            "select patient from fingerpost.visibility_due where due_at <= ? order by due_at limit 500")
        .param(Timestamp.from(now))
        .query(String.class)
        .list();
  }
}
