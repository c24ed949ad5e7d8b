package io.fingerpost.server.assessment;

import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Work in one database transaction that nobody does twice at once, on any node: whoever comes
 * second waits, and then sees what the first has stored.
 */
final class OneAtATime {

  /**
   * How many are at it at once on this node. Those who wait for the lock hold a connection, and the
   * one they wait for may need a second: they must never hold all there are.
   */
  private final Semaphore places = new Semaphore(4, true);

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  OneAtATime(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  <T> T transaction(Supplier<T> work) {
    places.acquireUninterruptibly();
    try {
      return Objects.requireNonNull(transactions.execute(status -> work.get()));
    } finally {
      places.release();
    }
  }

  /** Until the end of the transaction. A lock of PostgreSQL's own, which outlives no connection. */
  void lock(String name) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
        .param("fingerpost extract " + name)
        .query((row, number) -> number)
        .list();
  }
}
