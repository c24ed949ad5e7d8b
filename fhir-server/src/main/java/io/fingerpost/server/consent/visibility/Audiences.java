package io.fingerpost.server.consent.visibility;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.fingerpost.server.access.Client;
import io.fingerpost.server.access.Client.Role;
import io.fingerpost.server.access.RegisteredClients;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The audiences that records are indexed for: those of every registered client that needs consent.
 * They stand in the database, as every node has to index for all of them; one that is new there is
 * searched for without the index until all records have been gone through for it.
 */
final class Audiences {

  /** How long a node may not know of an audience that another has added. */
  private static final Duration KNOWN_EVERYWHERE_AFTER = Duration.ofSeconds(10);

  private final RegisteredClients clients;
  private final JdbcClient jdbc;

  /**
   * Those that are open, too: a writer that waited for a second connection could wait for itself.
   */
  private final TransactionOperations transactions;

  private final Clock clock;
  private final LoadingCache<Boolean, Map<Audience, Entry>> entries =
      Caffeine.newBuilder()
          .refreshAfterWrite(KNOWN_EVERYWHERE_AFTER.dividedBy(4))
          .expireAfterWrite(KNOWN_EVERYWHERE_AFTER.dividedBy(2))
          .build(all -> read());

  Audiences(
      RegisteredClients clients, JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
    this.clients = clients;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  private record Entry(Audience audience, Instant added, boolean indexed) {}

  /** All that a record is to be indexed for. */
  Set<Audience> all() {
    return known().keySet();
  }

  /** Whether a search by this one can rely on the index. */
  boolean isIndexed(Audience audience) {
    return Optional.ofNullable(known().get(audience)).map(Entry::indexed).orElse(false);
  }

  /** Adds what the registry has and the database has not. */
  void register() {
    Set<Audience> known = all();
    List<Audience> missing =
        clients.all().stream()
            .flatMap(Audiences::of)
            .distinct()
            .filter(audience -> !known.contains(audience))
            .toList();
    if (!missing.isEmpty()) {
      transactions.executeWithoutResult(transaction -> missing.forEach(this::add));
      entries.invalidateAll();
    }
  }

  /** Whoever sees all records, or none of a person, is not asked about. */
  private static Stream<Audience> of(Client client) {
    boolean asked = client.roles().contains(Role.SENDER) || client.roles().contains(Role.PARTNER);
    return !asked || client.roles().contains(Role.SCHEME)
        ? Stream.empty()
        : client.purposes().stream()
            .map(purpose -> new Audience(client.organisation(), client.kind(), purpose));
  }

  /** With no record of anybody there is nothing to go through. */
  private void add(Audience audience) {
    jdbc.sql(
            """
            insert into fingerpost.audience (uri, added_at, indexed_at)
            select ?, ?, case when exists (select 1 from hfj_resource where res_type = 'Patient')
              then null else ?::timestamptz end
            on conflict do nothing
            """)
        .params(audience.uri(), now(), now())
        .update();
  }

  /**
   * Those that every node indexes for by now, and that the records have not been gone through for.
   */
  List<Audience> toBeIndexed() {
    Instant since = clock.instant().minus(KNOWN_EVERYWHERE_AFTER);
    return known().values().stream()
        .filter(entry -> !entry.indexed() && entry.added().isBefore(since))
        .map(Entry::audience)
        .toList();
  }

  void areIndexed(List<Audience> audiences) {
    transactions.executeWithoutResult(
        transaction ->
            audiences.forEach(
                audience ->
                    jdbc.sql("update fingerpost.audience set indexed_at = ? where uri = ?")
                        .params(now(), audience.uri())
                        .update()));
    entries.invalidateAll();
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }

  private Map<Audience, Entry> known() {
    return Objects.requireNonNull(entries.get(true));
  }

  private Map<Audience, Entry> read() {
    List<Entry> read =
        transactions.execute(
            transaction ->
                jdbc.sql("select uri, added_at, indexed_at from fingerpost.audience")
                    .query(
                        (row, number) ->
                            new Entry(
                                Audience.parse(row.getString("uri")),
                                row.getTimestamp("added_at").toInstant(),
                                isSet(row.getTimestamp("indexed_at"))))
                    .list());
    return Objects.requireNonNull(read).stream()
        .collect(Collectors.toUnmodifiableMap(Entry::audience, Function.identity()));
  }

  private static boolean isSet(@Nullable Timestamp at) {
    return at != null;
  }
}
