package io.fingerpost.server.audit;

import io.fingerpost.server.audit.AuditKeys.Signed;
import io.fingerpost.server.audit.Block.Content;
import io.fingerpost.server.audit.Block.Removal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** The blocks, and the events of each. What it does belongs to the transaction of its caller. */
final class BlockTable {

  /** Any number that nobody else takes. */
  static final long LOCK = 0x66_70_61_75_64_69_74L;

  private final JdbcTemplate database;

  BlockTable(JdbcTemplate database) {
    this.database = database;
  }

  /** One node at a time changes blocks, until its transaction ends. */
  boolean isMine() {
    return Boolean.TRUE.equals(
        database.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, LOCK));
  }

  Optional<Block> last() {
    return database
        .query(
            "select * from fingerpost.audit_block order by block desc limit 1",
            (row, number) -> read(row))
        .stream()
        .findFirst();
  }

  /** One after another in order, never all at once. */
  void each(Consumer<Block> taker) {
    stream("select * from fingerpost.audit_block order by block", row -> taker.accept(read(row)));
  }

  void eachUnsealed(Consumer<Entry> taker) {
    stream(
        "select " + EventTable.COLUMNS + " from fingerpost.audit_unsealed",
        row -> taker.accept(EventTable.read(row)));
  }

  private void stream(String query, RowCallbackHandler taker) {
    database.query(
        connection -> {
          PreparedStatement statement = connection.prepareStatement(query);
          statement.setFetchSize(500);
          return statement;
        },
        taker);
  }

  /** At most so many of a block, in the order they are sealed in. */
  List<Entry> events(Block block, int most) {
    return events("audit_event where block = " + block.number(), most);
  }

  List<Entry> unsealed(int most) {
    return events("audit_unsealed", most);
  }

  private List<Entry> events(String where, int most) {
    return database.query(
        "select " + EventTable.COLUMNS + " from fingerpost." + where + " order by id limit " + most,
        (row, number) -> EventTable.read(row));
  }

  /** One that says it is of a block there is not: before the first, or after the last. */
  Optional<UUID> outside(long last) {
    return database
        .queryForList(
            "select id from fingerpost.audit_event where block < 1 or block > ? limit 1",
            UUID.class,
            last)
        .stream()
        .findFirst();
  }

  void add(Block block, List<Entry> entries) {
    Content content = block.content();
    database.update(
        """
        insert into fingerpost.audit_block
          (block, events, events_hash, last_recorded, sealed_at, previous, hash, key_id, signature)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        block.number(),
        content.events(),
        content.hash(),
        Timestamp.from(content.lastRecorded()),
        Timestamp.from(block.sealedAt()),
        block.previous(),
        block.hash(),
        block.signed().keyId(),
        block.signed().signature());
    database.execute("set local fingerpost.audit_seal = 'on'");
    int sealed =
        database.update(
            "with sealed as (delete from fingerpost.audit_unsealed where id = any(?) returning *)"
                + " insert into fingerpost.audit_event ("
                + EventTable.COLUMNS
                + ", block) select "
                + EventTable.COLUMNS
                + ", ? from sealed",
            move -> {
              UUID[] ids = entries.stream().map(Entry::id).toArray(UUID[]::new);
              move.setArray(1, move.getConnection().createArrayOf("uuid", ids));
              move.setLong(2, block.number());
            });
    if (sealed != entries.size()) {
      throw new IllegalStateException("events vanished while they were sealed");
    }
  }

  /** The oldest that still has its events, if all of them are older than that. */
  Optional<Block> oldestBefore(Instant end) {
    return database
        .query(
            """
            select * from fingerpost.audit_block where removed_at is null order by block limit 1
            """,
            (row, number) -> read(row))
        .stream()
        .filter(block -> block.content().lastRecorded().isBefore(end))
        .findFirst();
  }

  int remove(Block block, Removal removal) {
    database.execute("set local fingerpost.audit_retention = 'on'");
    database.update(
        """
        update fingerpost.audit_block
        set removed_at = ?, removal_key_id = ?, removal_signature = ? where block = ?
        """,
        Timestamp.from(removal.at()),
        removal.signed().keyId(),
        removal.signed().signature(),
        block.number());
    return database.update("delete from fingerpost.audit_event where block = ?", block.number());
  }

  private static Block read(ResultSet row) throws SQLException {
    Timestamp removed = row.getTimestamp("removed_at");
    return new Block(
        row.getLong("block"),
        new Content(
            row.getInt("events"),
            row.getBytes("events_hash"),
            row.getTimestamp("last_recorded").toInstant()),
        row.getTimestamp("sealed_at").toInstant(),
        row.getBytes("previous"),
        row.getBytes("hash"),
        new Signed(row.getString("key_id"), row.getBytes("signature")),
        removed == null
            ? null
            : new Removal(
                removed.toInstant(),
                new Signed(row.getString("removal_key_id"), row.getBytes("removal_signature"))));
  }
}
