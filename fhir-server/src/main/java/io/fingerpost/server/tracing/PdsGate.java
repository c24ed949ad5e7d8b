package io.fingerpost.server.tracing;

import java.time.Duration;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets one question through at a time, so many a second from all nodes together, by the clock of
 * the database alone; and none for a while after the service has failed again and again. A bucket
 * of one token: five a second are one every 200 ms, and never ten at the turn of a second.
 */
final class PdsGate {

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final PdsSettings settings;

  PdsGate(JdbcClient jdbc, TransactionTemplate transactions, PdsSettings settings) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.settings = settings;
  }

  /** Whether a question may be asked now. Who is let through has used it up. */
  boolean passes() {
    String take =
        """
        update fingerpost.pds_gate
        set next_at = clock_timestamp() + ? * interval '1 millisecond'
        where next_at <= clock_timestamp() and closed_until <= clock_timestamp()
        """;
    int milliseconds = (999 + settings.aSecond()) / settings.aSecond();
    return Objects.equals(
        transactions.execute(status -> jdbc.sql(take).param(milliseconds).update()), 1);
  }

  void answered() {
    transactions.executeWithoutResult(
        status ->
            jdbc.sql("update fingerpost.pds_gate set failures = 0 where failures > 0").update());
  }

  /**
   * Counts a failure, and closes for a while after too many in a row, or as long as the service
   * asks.
   *
   * @param asked how long the service asks to be left alone; zero where it does not say
   */
  void failed(Duration asked) {
    transactions.executeWithoutResult(status -> count(asked));
  }

  private void count(Duration asked) {
    int failures =
        jdbc.sql("update fingerpost.pds_gate set failures = failures + 1 returning failures")
            .query(Integer.class)
            .single();
    int further = failures - settings.failures();
    Duration pause = further < 0 ? Duration.ZERO : settings.pauseAfter(further);
    Duration closed = asked.compareTo(pause) > 0 ? asked : pause;
    if (!closed.isZero()) {
      jdbc.sql(
              """
              update fingerpost.pds_gate
              set closed_until =
                greatest(closed_until, clock_timestamp() + ? * interval '1 millisecond')
              """)
          .param(closed.toMillis())
          .update();
    }
  }
}
