package io.fingerpost.server.audit;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The tables the record is in, as they are written and read. */
final class EventTable {

  static final String COLUMNS =
      "id, recorded, client, organisation, people, outcome, kind, event, mac";

  private static final String INSERT =
      "insert into fingerpost.audit_unsealed (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final DataSource database;

  EventTable(DataSource database) {
    this.database = database;
  }

  /**
   * Commits them by themselves, all in one round trip: what becomes of the request cannot undo its
   * record.
   */
  void append(List<Entry> entries) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      for (Entry entry : entries) {
        set(connection, insert, entry);
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("decisions could not be recorded", e);
    }
  }

  private static void set(Connection connection, PreparedStatement insert, Entry entry)
      throws SQLException {
    insert.setObject(1, entry.id());
    insert.setTimestamp(2, Timestamp.from(entry.recorded()));
    insert.setString(3, entry.client());
    insert.setString(4, entry.organisation());
    insert.setArray(5, connection.createArrayOf("text", entry.people().toArray()));
    insert.setString(6, entry.outcome());
    insert.setString(7, entry.kind());
    insert.setString(8, entry.event());
    insert.setBytes(9, entry.mac());
  }

  static Entry read(ResultSet row) throws SQLException {
    Array people = row.getArray("people");
    return new Entry(
        row.getObject("id", UUID.class),
        row.getTimestamp("recorded").toInstant(),
        row.getString("client"),
        row.getString("organisation"),
        List.of((String[]) people.getArray()),
        row.getString("outcome"),
        row.getString("kind"),
        row.getString("event"),
        row.getBytes("mac"));
  }
}
