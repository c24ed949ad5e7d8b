package io.fingerpost.routes.reliability;

import io.fingerpost.routes.reliability.UnmappedCodes.Seen;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The unmapped codes as all nodes have counted them. */
@Component
@Transactional
public class UnmappedCodeTable {

  /** So many different codes of one map and sender, and no more: then it is not codes it sends. */
  private static final int MOST_OF_ONE = 200;

  private final JdbcClient jdbc;

  UnmappedCodeTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One row of the operators' list. */
  public record UnmappedCode(
      String map,
      String system,
      String code,
      String sender,
      long count,
      Instant firstSeen,
      Instant lastSeen) {}

  /** In one order for all, so that two nodes never wait for each other's rows crosswise. */
  void add(Map<Seen, Long> counted, Instant at) {
    counted.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
        .forEach(entry -> add(entry.getKey(), entry.getValue(), at));
  }

  private void add(Seen seen, long count, Instant at) {
    jdbc.sql(
            """
            insert into fingerpost.unmapped_code
              (map, system, code, sender, count, first_seen_at, last_seen_at)
            select :map, :system, :code, :sender, :count, :at, :at
            where (select count(*) from fingerpost.unmapped_code
                   where map = :map and sender = :sender) < :most
              or exists (select 1 from fingerpost.unmapped_code
                         where map = :map and system = :system and code = :code
                           and sender = :sender)
            on conflict (map, system, code, sender) do update
            set count = unmapped_code.count + excluded.count,
              last_seen_at = greatest(unmapped_code.last_seen_at, excluded.last_seen_at)
            """)
        .param("map", seen.map())
        .param("system", seen.system())
        .param("code", seen.code())
        .param("sender", seen.sender())
        .param("count", count)
        .param("at", Timestamp.from(at))
        .param("most", MOST_OF_ONE)
        .update();
  }

  public List<UnmappedCode> all() {
    return mostOften(Integer.MAX_VALUE);
  }

  /** Those met most often first. */
  public List<UnmappedCode> mostOften(int limit) {
    return jdbc.sql(
            """
            select map, system, code, sender, count, first_seen_at, last_seen_at
            from fingerpost.unmapped_code
            order by count desc, last_seen_at desc, map, code, sender
            limit ?
            """)
        .param(limit)
        .query(
            (row, number) ->
                new UnmappedCode(
                    row.getString("map"),
                    row.getString("system"),
                    row.getString("code"),
                    row.getString("sender"),
                    row.getLong("count"),
                    row.getTimestamp("first_seen_at").toInstant(),
                    row.getTimestamp("last_seen_at").toInstant()))
        .list();
  }

  /** Takes a code off the list: a map has it now. */
  public void forget(UnmappedCode mapped) {
    jdbc.sql("delete from fingerpost.unmapped_code where map = ? and system = ? and code = ?")
        .params(mapped.map(), mapped.system(), mapped.code())
        .update();
  }
}
