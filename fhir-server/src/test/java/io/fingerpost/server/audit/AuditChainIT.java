package io.fingerpost.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fingerpost.server.OneServer;
import io.fingerpost.server.audit.ChainCheck.Code;
import io.fingerpost.server.audit.ChainCheck.Fault;
import java.time.Clock;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The chain as it is in the database. What is done to it is done in transactions that are rolled
 * back, so that the next test finds it whole.
 */
@OneServer
class AuditChainIT {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final BlockTable blocks;
  private final DecisionAudit audit;
  private final AuditKeys keys;
  private final Seals seals;
  private final VerifyAuditOperation verification;

  @Autowired
  AuditChainIT(
      DataSource database,
      DecisionAudit audit,
      AuditKeys keys,
      Seals seals,
      VerifyAuditOperation verification) {
    this.jdbc = new JdbcTemplate(database);
    this.transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
    this.blocks = new BlockTable(jdbc);
    this.audit = audit;
    this.keys = keys;
    this.seals = seals;
    this.verification = verification;
  }

  @BeforeEach
  void someBlocks() {
    for (int block = 0; block < 3; block++) {
      decide(3);
      sealAll();
    }
    assertThat(fault(null)).isNull();
  }

  @Test
  void findsAnEventThatWasAltered() {
    undone(
        head -> {
          UUID event = eventOf(head.number());
          tamper("update fingerpost.audit_event set organisation = 'Z9C01' where id = ?", event);
          assertThat(fault(null)).isEqualTo(new Fault(Code.EVENT_ALTERED, head.number(), event));
        });
  }

  @Test
  void findsThatAnEventWasDeleted() {
    undone(
        head -> {
          tamper("delete from fingerpost.audit_event where id = ?", eventOf(head.number() - 1));
          assertThat(fault(null))
              .isEqualTo(new Fault(Code.EVENTS_MISSING, head.number() - 1, null));
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsAnEventThatWasPutIn(boolean sealed) {
    undone(
        head -> {
          UUID event = UUID.randomUUID();
          tamper(
              "insert into fingerpost."
                  + (sealed ? "audit_event" : "audit_unsealed")
                  + " select ?, recorded, client, organisation, people, outcome, kind, event, mac"
                  + (sealed ? ", block" : "")
                  + " from fingerpost.audit_event where id = ?",
              event,
              eventOf(head.number()));
          assertThat(fault(null))
              .isEqualTo(new Fault(Code.EVENT_ALTERED, sealed ? head.number() : 0, event));
        });
  }

  @Test
  void findsEventsThatHaveChangedPlaces() {
    undone(
        head -> {
          UUID one = eventOf(head.number());
          UUID other = eventOf(head.number() - 1);
          String move = "update fingerpost.audit_event set block = ? where id = ?";
          tamper(move, head.number() - 1, one);
          tamper(move, head.number(), other);
          assertThat(fault(null))
              .isEqualTo(new Fault(Code.EVENTS_EXCHANGED, head.number() - 1, null));
        });
  }

  @Test
  void findsAnEventOfABlockThereIsNot() {
    undone(
        head -> {
          tamper("delete from fingerpost.audit_block where block = ?", head.number());
          assertThat(fault(null))
              .isNotNull()
              .satisfies(fault -> assertThat(fault.code()).isEqualTo(Code.EVENT_OF_NO_BLOCK))
              .satisfies(fault -> assertThat(fault.event()).isNotNull());
        });
  }

  @Test
  void findsThatTheEndWasCutOffByTheHeadThatWasNoted() {
    undone(
        head -> {
          assertThat(fault(head.head())).isNull();
          tamper("delete from fingerpost.audit_event where block = ?", head.number());
          tamper("delete from fingerpost.audit_block where block = ?", head.number());
          assertThat(fault(null)).isNull();
          assertThat(fault(head.head()))
              .isEqualTo(new Fault(Code.HEAD_MISSING, head.number() - 1, null));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update fingerpost.audit_event set outcome = '0'",
        "update fingerpost.audit_event set block = 1",
        "update fingerpost.audit_unsealed set outcome = '0'",
        "delete from fingerpost.audit_unsealed",
        "truncate fingerpost.audit_unsealed",
        "delete from fingerpost.audit_event",
        "truncate fingerpost.audit_event",
        "update fingerpost.audit_block set sealed_at = now()",
        "delete from fingerpost.audit_block",
        "truncate fingerpost.audit_block"
      })
  void letsNobodyChangeWhatIsWritten(String statement) {
    undone(
        head -> {
          decide(1);
          assertThatThrownBy(() -> jdbc.execute(statement))
              .isInstanceOf(DataAccessException.class)
              .hasMessageContaining("only added to");
        });
  }

  @Test
  void removesWhatIsOlderThanItsRetentionAndNothingThatIsNotSealed() {
    undone(
        head -> {
          decide(2);
          keeping(Period.ofDays(-1)).sweep();

          assertThat(count("audit_event")).isZero();
          assertThat(count("audit_unsealed")).isPositive();
          assertThat(fault(head.head())).isNull();
        });
  }

  @Test
  void keepsWhatIsYoungerThanItsRetention() {
    undone(
        head -> {
          long before = count("audit_event");
          keeping(Period.ofYears(8)).sweep();

          assertThat(count("audit_event")).isGreaterThanOrEqualTo(before);
        });
  }

  /** The database sees the same of a program that is killed: its connection is gone. */
  @Test
  void isWholeWhenASealerIsKilledBeforeItHasFinished() {
    assertThatThrownBy(
            () ->
                transactions.executeWithoutResult(
                    open -> {
                      jdbc.queryForList("select pg_advisory_xact_lock(?)", BlockTable.LOCK);
                      decide(5);
                      seals.seal();
                      jdbc.queryForList("select pg_terminate_backend(pg_backend_pid())");
                    }))
        .isInstanceOf(RuntimeException.class);

    assertThat(fault(null)).isNull();
    sealAll();
    assertThat(fault(null)).isNull();
  }

  @Test
  void isWholeWhenManySealAtOnceWhileMoreIsWritten() throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int node = 0; node < 2; node++) {
        work.add(nodes.submit(() -> IntStream.range(0, 100).forEach(i -> decide(3))));
        work.add(
            nodes.submit(
                () -> IntStream.range(0, 100).forEach(i -> keeping(Period.ofYears(8)).seal())));
      }
      for (Future<?> one : work) {
        one.get(1, TimeUnit.MINUTES);
      }
    } finally {
      nodes.shutdownNow();
    }
    sealAll();

    assertThat(fault(null)).isNull();
    assertThat(count("audit_event where client = 'many'")).isPositive();
  }

  private void decide(int decisions) {
    audit.record(
        IntStream.range(0, decisions)
            .mapToObj(
                i ->
                    new Decided(
                        "many",
                        "Z9H01",
                        "TREAT",
                        Set.of("Patient/none-" + i),
                        "",
                        false,
                        "NO_CONSENT_ON_RECORD",
                        ""))
            .toList());
  }

  /** The server's own sealer may be the one that has its turn. */
  private void sealAll() {
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () -> {
              seals.seal();
              return blocks.unsealed(1).isEmpty();
            });
  }

  private Seals keeping(Period retention) {
    return new Seals(blocks, transactions, keys, retention, Clock.systemUTC());
  }

  private @Nullable Fault fault(@Nullable String noted) {
    return verification.verify(noted).fault().orElse(null);
  }

  /** While nobody else seals; what is done in it never was. */
  private void undone(Consumer<Block> deed) {
    transactions.executeWithoutResult(
        open -> {
          open.setRollbackOnly();
          jdbc.queryForList("select pg_advisory_xact_lock(?)", BlockTable.LOCK);
          deed.accept(blocks.last().orElseThrow());
        });
  }

  /** As one who has the database's owner and does without its triggers. */
  private void tamper(String statement, @Nullable Object... values) {
    jdbc.execute("set local session_replication_role = replica");
    assertThat(jdbc.update(statement, values)).isPositive();
    jdbc.execute("set local session_replication_role = origin");
  }

  private UUID eventOf(long block) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select id from fingerpost.audit_event where block = ? order by id limit 1",
            UUID.class,
            block));
  }

  private long count(String what) {
    Long count = jdbc.queryForObject("select count(*) from fingerpost." + what, Long.class);
    return count == null ? 0 : count;
  }
}
