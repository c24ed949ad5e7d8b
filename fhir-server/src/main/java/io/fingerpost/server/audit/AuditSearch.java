package io.fingerpost.server.audit;

import ca.uhn.fhir.rest.param.DateRangeParam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds events by what operators ask for, newest first unless told otherwise. */
final class AuditSearch {

  private final StringBuilder where = new StringBuilder("true");
  private final List<Object> values = new ArrayList<>();
  private final boolean oldestFirst;
  private Predicate<Told> wanted = told -> true;

  AuditSearch(boolean oldestFirst) {
    this.oldestFirst = oldestFirst;
  }

  AuditSearch about(String person) {
    wanted = wanted.and(told -> told.people().contains(person));
    return and("people @> array[?::text]", person);
  }

  AuditSearch with(String column, String value) {
    return and(column + " = ?", value);
  }

  AuditSearch withId(String id) {
    wanted = wanted.and(told -> told.id().equals(id));
    return and("id = ?", Told.Place.of(id).row());
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

  /** Goes on where a page ended, within a row too; what was written since does not move it. */
  AuditSearch after(String last) {
    Told.Place place = Told.Place.of(last);
    wanted =
        wanted.and(
            told -> !told.place().row().equals(place.row()) || told.place().part() > place.part());
    return and(oldestFirst ? "id >= ?" : "id <= ?", place.row());
  }

  private AuditSearch and(String condition, Object value) {
    where.append(" and ").append(condition);
    values.add(value);
    return this;
  }

  /** Each row but the one a page ended in has at least one that is wanted. */
  List<Told> in(JdbcTemplate database, int most) {
    values.add(most + 1);
    List<Told.Row> rows =
        database.query(
            "select id, recorded, people, event from fingerpost.audit_record where "
                + where
                + " order by id "
                + (oldestFirst ? "" : "desc ")
                + "limit ?",
            (row, number) ->
                new Told.Row(
                    row.getObject("id", UUID.class),
                    row.getTimestamp("recorded").toInstant(),
                    List.of((String[]) row.getArray("people").getArray()),
                    row.getString("event")),
            values.toArray());
    return rows.stream().flatMap(row -> Told.of(row).stream()).filter(wanted).limit(most).toList();
  }
}
