package io.fingerpost.routes.merging;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The merges on record, for operators and for undoing them; within the transaction at hand. */
@Component
class MergeTable {

  private static final String COLUMNS =
      "id, message, surviving, replaced, merged_at, moved, closed, undone_at";

  private final JdbcClient jdbc;

  MergeTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(Merge merge) {
    jdbc.sql(
            "insert into fingerpost.person_merge ("
                + COLUMNS
                + ") values (?, ?, ?, ?, ?, ?, ?, null)")
        .params(
            merge.id(),
            merge.message(),
            merge.surviving(),
            merge.replaced(),
            Timestamp.from(merge.mergedAt()),
            merge.moved().toArray(String[]::new),
            merge.closed().toArray(String[]::new))
        .update();
  }

  /** For this transaction alone. */
  Optional<Merge> lock(UUID id) {
    return jdbc.sql("select " + COLUMNS + " from fingerpost.person_merge where id = ? for update")
        .param(id)
        .query(MergeTable::merge)
        .optional();
  }

  /** Whether somebody has been merged into, or out of, one of these people since. */
  boolean isFollowed(Merge merge) {
    return jdbc.sql(
            """
            select exists (
              select 1 from fingerpost.person_merge
              where undone_at is null and id <> :id and merged_at >= :at
                and (surviving in (:one, :other) or replaced in (:one, :other)))
            """)
        .param("id", merge.id())
        .param("at", Timestamp.from(merge.mergedAt()))
        .param("one", merge.surviving())
        .param("other", merge.replaced())
        .query(Boolean.class)
        .single();
  }

  void markUndone(UUID id, Instant at) {
    jdbc.sql("update fingerpost.person_merge set undone_at = ? where id = ?")
        .params(Timestamp.from(at), id)
        .update();
  }

  List<Merge> newest(int most) {
    return jdbc.sql(
            "select " + COLUMNS + " from fingerpost.person_merge order by merged_at desc limit ?")
        .param(most)
        .query(MergeTable::merge)
        .list();
  }

  private static Merge merge(ResultSet row, int rowNumber) throws SQLException {
    Timestamp undone = row.getTimestamp("undone_at");
    return new Merge(
        row.getObject("id", UUID.class),
        row.getObject("message", UUID.class),
        row.getString("surviving"),
        row.getString("replaced"),
        row.getTimestamp("merged_at").toInstant(),
        texts(row.getArray("moved")),
        texts(row.getArray("closed")),
        undone == null ? null : undone.toInstant());
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
