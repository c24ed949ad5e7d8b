package io.fingerpost.bench.load;

import io.fingerpost.bench.Arguments;
import io.fingerpost.bench.Command;
import io.fingerpost.bench.launch.Progress;
import io.fingerpost.bench.launch.Readiness;
import io.fingerpost.bench.launch.ServerProcess;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Measures a server: one that runs, or with a command after {@code --} one started for it on the
 * data directory given, with the demo's partners.
 */
public final class LoadCommand implements Command {

  @Override
  public int run(Arguments arguments) throws InterruptedException {
    LoadSettings settings = LoadSettings.of(arguments);
    Server environment = Server.fromEnvironment();
    Server server =
        arguments.value("data").map(Path::of).map(environment::withData).orElse(environment);
    if (arguments.rest().isEmpty()) {
      OptionalLong pid = settings.serverPid().map(OptionalLong::of).orElseGet(OptionalLong::empty);
      return measure(settings, server, pid);
    }
    Readiness.requireFree(server);
    Path registry = DemoPartners.register(server.data(), DemoPartners.Told.NOBODY);
    try (ServerProcess process = ServerProcess.start(arguments.rest(), server, registry)) {
      Duration start = process.awaitReady(Progress.QUIET);
      OptionalLong pid = OptionalLong.of(process.pid());
      Processes.Used used = new Processes(pid, server.data().resolve("postgres")).now();
      System.out.printf(
          Locale.ROOT,
          "%s: ready after %.1f s, %.1f s of CPU; server %d MB, PostgreSQL %d MB%n%n",
          settings.label(),
          start.toMillis() / 1000.0,
          used.serverCpu(),
          used.serverMegabytes(),
          used.databaseMegabytes());
      return measure(settings, server, pid);
    }
  }

  private static int measure(LoadSettings settings, Server server, OptionalLong pid)
      throws InterruptedException {
    Processes processes = new Processes(pid, server.data().resolve("postgres"));
    return new Measurement(settings, server, processes).run() ? 0 : 1;
  }
}
