package io.fingerpost.bench.load;

import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.load.ClosedLoop.Counted;
import io.fingerpost.bench.load.Processes.Used;
import io.fingerpost.bench.partner.NhsNumbers;
import io.fingerpost.bench.partner.Partners;
import io.fingerpost.bench.partner.Server;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** Runs mode after mode: warms, measures, reports. */
final class Measurement {

  private static final int PEOPLE_TO_SEARCH = 200;
  private static final int LAST_START = 900_000;

  private final LoadSettings settings;
  private final Processes processes;
  private final Partners partners;
  private final NhsNumbers numbers;

  Measurement(LoadSettings settings, Server server, Processes processes) {
    this.settings = settings;
    this.processes = processes;
    this.partners = new Partners(server, Clock.systemUTC());
    // Anywhere in the range: on data measured before, most people are still new.
    this.numbers = new NhsNumbers(ThreadLocalRandom.current().nextInt(LAST_START));
  }

  /** Whether there was no error at all. */
  boolean run() throws InterruptedException {
    PeopleWithPlans people =
        settings.modes().stream().anyMatch(Mode::isSearch)
            ? PeopleWithPlans.store(PEOPLE_TO_SEARCH, partners, numbers)
            : PeopleWithPlans.NONE;
    Workers workers = new Workers(partners, numbers, people);
    Report report = new Report(settings.report());
    report.begin();
    boolean clean = true;
    for (Mode mode : settings.modes()) {
      clean &= run(mode, workers, report);
    }
    return clean;
  }

  private boolean run(Mode mode, Workers workers, Report report) throws InterruptedException {
    ClosedLoop loop = new ClosedLoop(() -> worker(mode, workers), settings.clients());
    if (!settings.warm().isZero()) {
      loop.run(settings.warm());
    }
    Used before = processes.now();
    Counted counted = loop.run(settings.measured());
    Used after = processes.now();
    report.add(Report.row(settings.label(), mode, settings.clients(), counted, before, after));
    if (counted.firstError() != null) {
      System.err.println(mode + ": first error: " + counted.firstError());
    }
    return counted.errors() == 0;
  }

  private static Worker worker(Mode mode, Workers workers) {
    try {
      return workers.of(mode);
    } catch (IOException e) {
      throw new CommandFailed("No connection for " + mode + ": " + e.getMessage(), e);
    }
  }
}
