package io.fingerpost.bench.load;

import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.load.ClosedLoop.Counted;
import io.fingerpost.bench.load.Processes.Used;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/** One Markdown table, a row for each thing measured; printed, and appended to a file if asked. */
final class Report {

  static final String HEAD =
      """
      | server | what | clients | per second | p50 ms | p95 ms | p99 ms | errors | server CPU ms each | PostgreSQL CPU ms each | server MB | PostgreSQL MB |
      |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
      """;

  private final Optional<Path> file;

  Report(Optional<Path> file) {
    this.file = file;
  }

  void begin() {
    System.out.print(HEAD);
    if (file.isPresent() && !Files.exists(file.get())) {
      append(HEAD);
    }
  }

  void add(String row) {
    System.out.print(row);
    append(row);
  }

  static String row(
      String label, Mode mode, int clients, Counted counted, Used before, Used after) {
    long count = counted.nanos().getTotalCount();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %.1f | %.1f | %.1f | %.1f | %d | %s | %s | %d | %d |%n",
        label,
        mode.title(),
        clients,
        count / (counted.lasted().toNanos() / 1e9),
        millis(counted, 50),
        millis(counted, 95),
        millis(counted, 99),
        counted.errors(),
        each(after.serverCpu() - before.serverCpu(), count),
        each(after.databaseCpu() - before.databaseCpu(), count),
        after.serverMegabytes(),
        after.databaseMegabytes());
  }

  private static double millis(Counted counted, double percentile) {
    return counted.nanos().getValueAtPercentile(percentile) / 1e6;
  }

  /** Milliseconds of CPU for each; a dash where nothing was seen, or nothing went well. */
  private static String each(double seconds, long count) {
    return count == 0 || seconds <= 0
        ? "–"
        : String.format(Locale.ROOT, "%.1f", seconds * 1000 / count);
  }

  private void append(String text) {
    if (file.isEmpty()) {
      return;
    }
    try {
      Path report = file.get().toAbsolutePath();
      Files.createDirectories(report.getParent());
      Files.writeString(report, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new CommandFailed(file.get() + " cannot be written.", e);
    }
  }
}
