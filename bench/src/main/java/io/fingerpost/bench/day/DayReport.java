package io.fingerpost.bench.day;

import io.fingerpost.bench.day.Day.Counted;
import io.fingerpost.bench.load.Processes;
import io.fingerpost.bench.load.Processes.Used;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Three Markdown tables: by hour, by kind of sender, and what the server has of it all. */
final class DayReport {

  private final Processes processes;
  private final Memory memory;
  private Used before;
  private long nanosOfAll;

  DayReport(Processes processes, Memory memory) {
    this.processes = processes;
    this.memory = memory;
    this.before = processes.now();
  }

  void begin() {
    System.out.print(
        """
        | hour | messages | a second | p50 ms of AA | p99 ms of AA | CPU ms each, server | PostgreSQL | heap MB in use after collection | server MB | PostgreSQL MB |
        |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
        """);
  }

  void hour(int hour, Map<Kind, Counted> counted, long nanos) throws InterruptedException {
    nanosOfAll += nanos;
    long messages = sum(counted);
    Histogram acknowledged = hospital(counted);
    Used after = processes.now();
    System.out.printf(
        Locale.ROOT,
        "| %d | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %d | %d | %d |%n",
        hour,
        messages,
        messages / (nanos / 1e9),
        millis(acknowledged, 50),
        millis(acknowledged, 99),
        (after.serverCpu() - before.serverCpu()) * 1000 / messages,
        (after.databaseCpu() - before.databaseCpu()) * 1000 / messages,
        memory.live(),
        after.serverMegabytes(),
        after.databaseMegabytes());
    before = processes.now();
  }

  void day(Map<Kind, Counted> whole) {
    System.out.printf(
        Locale.ROOT,
        "%n%d messages in %.0f s, %.1f a second.%n%n"
            + "| sender | connections | messages | answers | not the ones due | p50 ms | p99 ms | p99.9 ms | longest ms |%n"
            + "|---|---:|---:|---:|---:|---:|---:|---:|---:|%n",
        sum(whole),
        nanosOfAll / 1e9,
        sum(whole) / (nanosOfAll / 1e9));
    whole.forEach(
        (kind, counted) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %.1f | %.1f | %.1f | %.1f |%n",
                kind.title(),
                kind.connections(),
                counted.messages.get(),
                counted.nanos.getTotalCount(),
                counted.faults.get(),
                millis(counted.nanos, 50),
                millis(counted.nanos, 99),
                millis(counted.nanos, 99.9),
                counted.nanos.getMaxValue() / 1e6));
  }

  /** Whether nothing was lost or doubled, and every answer was the one due. */
  boolean books(Map<Kind, Counted> whole, Books books, List<String> faults) {
    long dueReferrals = whole.values().stream().mapToLong(it -> it.referrals.get()).sum();
    long referrals = books.referrals();
    Map<String, Long> states = books.messages();
    long messages = states.values().stream().mapToLong(Long::longValue).sum();
    System.out.printf(
        Locale.ROOT,
        "%n| | due | there |%n|---|---:|---:|%n| messages kept | %d | %d |%n| referrals | %d | %d |%n%n"
            + "Messages by state: %s%n",
        sum(whole),
        messages,
        dueReferrals,
        referrals,
        states);
    faults.forEach(fault -> System.out.println("not the answer due: " + fault));
    return faults.isEmpty() && messages == sum(whole) && referrals == dueReferrals;
  }

  private static long sum(Map<Kind, Counted> counted) {
    return counted.values().stream().mapToLong(it -> it.messages.get()).sum();
  }

  private static Histogram hospital(Map<Kind, Counted> counted) {
    Counted hospital = counted.get(Kind.HOSPITAL);
    return hospital == null ? new Histogram(3) : hospital.nanos;
  }

  private static double millis(Histogram nanos, double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }
}
