package io.fingerpost.bench.day;

import io.fingerpost.bench.Arguments;
import io.fingerpost.bench.Command;
import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.WrongUsage;
import io.fingerpost.bench.day.Day.Counted;
import io.fingerpost.bench.launch.Progress;
import io.fingerpost.bench.launch.Readiness;
import io.fingerpost.bench.launch.ServerProcess;
import io.fingerpost.bench.load.Processes;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.NhsNumbers;
import io.fingerpost.bench.partner.Partners;
import io.fingerpost.bench.partner.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Sends a server, started for it on fresh data, what a busy region's senders send in a day, and
 * counts afterwards what the server has of it. Exits 0 when every answer was the one due, and
 * nothing was lost or doubled.
 */
public final class DayCommand implements Command {

  private static final int FIRST_NUMBER = 100_000;

  @Override
  public int run(Arguments arguments) throws InterruptedException {
    arguments.requireOnly("messages", "data");
    int messages = arguments.number("messages", 50_000);
    Path data = arguments.value("data").map(Path::of).orElseThrow(DayCommand::usage);
    if (arguments.rest().isEmpty() || messages < 20 * Day.HOURS) {
      throw usage();
    }
    Server server = Server.fromEnvironment().withData(data);
    Readiness.requireFree(server);
    Path registry = DemoPartners.register(server.data(), DemoPartners.Told.NOBODY);
    try (ServerProcess process = ServerProcess.start(arguments.rest(), server, registry)) {
      process.awaitReady(Progress.QUIET);
      return run(messages, server, process.pid());
    }
  }

  private static WrongUsage usage() {
    return new WrongUsage(
        "usage: day --data DIR [--messages 50000] -- COMMAND; at least " + 20 * Day.HOURS);
  }

  private static int run(int messages, Server server, long pid) throws InterruptedException {
    Partners partners = new Partners(server, Clock.systemUTC());
    Processes processes = new Processes(OptionalLong.of(pid), server.data().resolve("postgres"));
    Senders senders = new Senders(partners, new NhsNumbers(FIRST_NUMBER));
    DayReport report = new DayReport(processes, new Memory(pid));
    Map<Kind, Counted> whole = new EnumMap<>(Kind.class);
    try (Day day = new Day(messages, (kind, rows) -> opened(senders, kind, rows))) {
      report.begin();
      for (int hour = 1; hour <= Day.HOURS; hour++) {
        long begun = System.nanoTime();
        Map<Kind, Counted> counted = day.hour();
        report.hour(hour, counted, System.nanoTime() - begun);
        counted.forEach(
            (kind, ofHour) -> whole.computeIfAbsent(kind, any -> new Counted()).add(ofHour));
      }
      report.day(whole);
      return report.books(whole, new Books(partners), day.faults()) ? 0 : 1;
    } catch (IOException e) {
      throw new CommandFailed("A connection could not be closed.", e);
    }
  }

  private static Sender opened(Senders senders, Kind kind, int rows) {
    try {
      return senders.of(kind, rows);
    } catch (IOException e) {
      throw new CommandFailed("No connection for " + kind + ": " + e.getMessage(), e);
    }
  }
}
