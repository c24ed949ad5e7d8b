package io.fingerpost.server.audit;

import ca.uhn.fhir.rest.param.DateRangeParam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds events by what operators ask for, newest first unless told otherwise. */
final class AuditSearch {

  private final StringBuilder where = new StringBuilder("true");
  private final List<Object> values = new ArrayList<>();
  private final boolean oldestFirst;

  AuditSearch(boolean oldestFirst) {
    this.oldestFirst = oldestFirst;
  }

  AuditSearch about(String person) {
    return and("people @> array[?::text]", person);
  }

  AuditSearch with(String column, String value) {
    return and(column + " = ?", value);
  }

  AuditSearch withId(String id) {
    return and("id = ?", uuid(id));
  }

  /** Ids sort by time, so that the key is the index of dates, too. */
  AuditSearch between(DateRangeParam dates) {
    Instant from = instant(dates.getLowerBoundAsInstant());
    if (from != null) {
      and("id >= ?", EventIds.first(from));
    }
    Instant to = instant(dates.getUpperBoundAsInstant());
    return to == null ? this : and("id < ?", EventIds.first(to.plusMillis(1)));
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }

  /** Goes on where a page ended; what was written since does not move it. */
  AuditSearch after(String last) {
    return and(oldestFirst ? "id > ?" : "id < ?", uuid(last));
  }

  /** What is no id of ours finds what none has: nothing. */
  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException notOne) {
      return new UUID(0, 0);
    }
  }

  private AuditSearch and(String condition, Object value) {
    where.append(" and ").append(condition);
    values.add(value);
    return this;
  }

  List<Found> in(JdbcTemplate database, int most) {
    values.add(most);
    return database.query(
        "select id, people, event from fingerpost.audit_event where "
            + where
            + " order by id "
            + (oldestFirst ? "" : "desc ")
            + "limit ?",
        (row, number) ->
            new Found(
                row.getObject("id", UUID.class),
                List.of((String[]) row.getArray("people").getArray()),
                row.getString("event")),
        values.toArray());
  }

  /** One that was found. */
  record Found(UUID id, List<String> people, String event) {}
}
