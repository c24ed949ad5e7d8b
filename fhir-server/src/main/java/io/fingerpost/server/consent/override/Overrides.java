package io.fingerpost.server.consent.override;

import io.fingerpost.server.access.Caller;
import io.fingerpost.server.consent.decision.GrantedOverride;
import io.fingerpost.server.consent.decision.GrantedOverride.Kind;
import io.fingerpost.server.consent.override.Grant.By;
import io.fingerpost.server.consent.override.Grant.End;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The overrides on record, read afresh each time: one that was ended counts no more, anywhere. */
public final class Overrides {

  private final JdbcClient jdbc;
  private final Clock clock;

  Overrides(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * For whom this caller may set consent aside now, by {@code Patient/<id>}. Nobody without the
   * scope in its token, and then nothing is looked up.
   */
  public Map<String, GrantedOverride> heldBy(Caller caller) {
    List<String> kinds =
        Stream.of(Kind.values())
            .filter(kind -> caller.scopes().contains(scopeOf(kind)))
            .map(Kind::name)
            .toList();
    Map<String, GrantedOverride> held = new HashMap<>();
    if (!kinds.isEmpty()) {
      // The last of one person stays: a safeguarding override reaches all that an emergency's does.
      jdbc.sql(
              """
              select * from fingerpost.override
              where client = ? and organisation = ? and kind = any(?)
                and until > ? and ended_at is null
              order by kind, until
              """)
          .params(
              caller.client(),
              caller.organisation(),
              kinds.toArray(String[]::new),
              Timestamp.from(clock.instant()))
          .query((row, number) -> grant(row))
          .list()
          .forEach(
              grant ->
                  held.put(
                      grant.patient(),
                      new GrantedOverride(grant.kind(), grant.until(), grant.notice())));
    }
    return held;
  }

  /** As a client has it in its registration: {@code system/$emergency-override.c}. */
  private static String scopeOf(Kind kind) {
    return "system/" + OverrideOperations.nameOf(kind) + ".c";
  }

  void keep(Grant grant) {
    jdbc.sql(
            """
            insert into fingerpost.override
              (id, kind, client, organisation, patient, reason, granted_at, until, notice)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            grant.id(),
            grant.kind().name(),
            grant.by().client(),
            grant.by().organisation(),
            grant.patient(),
            grant.reason(),
            Timestamp.from(grant.grantedAt()),
            Timestamp.from(grant.until()),
            grant.notice())
        .update();
  }

  /** The one that was ended; empty where none of this id is in force. */
  Optional<Grant> end(UUID id, String client) {
    Timestamp now = Timestamp.from(clock.instant());
    return jdbc.sql(
            """
            update fingerpost.override set ended_at = ?, ended_by = ?
            where id = ? and ended_at is null and until > ?
            returning *
            """)
        .params(now, client, id, now)
        .query((row, number) -> grant(row))
        .optional();
  }

  /** The newest first, those that have ended too. */
  List<Grant> newest(int most) {
    return jdbc.sql("select * from fingerpost.override order by granted_at desc limit ?")
        .param(most)
        .query((row, number) -> grant(row))
        .list();
  }

  private static Grant grant(ResultSet row) throws SQLException {
    Timestamp endedAt = row.getTimestamp("ended_at");
    return new Grant(
        row.getObject("id", UUID.class),
        Kind.valueOf(row.getString("kind")),
        new By(row.getString("client"), row.getString("organisation")),
        row.getString("patient"),
        row.getString("reason"),
        instant(row, "granted_at"),
        instant(row, "until"),
        endedAt == null ? null : new End(endedAt.toInstant(), row.getString("ended_by")),
        row.getString("notice"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }
}
