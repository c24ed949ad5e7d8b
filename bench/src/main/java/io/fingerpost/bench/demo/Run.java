package io.fingerpost.bench.demo;

import io.fingerpost.bench.launch.Progress;
import io.fingerpost.bench.launch.ServerProcess;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.Partners;
import io.fingerpost.bench.partner.Server;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A server on fresh data with the demo's partners, and the journey played on it. */
final class Run implements AutoCloseable {

  private final Server server;
  private final Listeners listeners;
  private final ServerProcess process;

  private Run(Server server, Listeners listeners, ServerProcess process) {
    this.server = server;
    this.listeners = listeners;
    this.process = process;
  }

  static Run start(List<String> command, Server wanted, Progress progress)
      throws InterruptedException {
    Server server = wanted.withData(FreshDirectory.make(wanted.data()));
    Listeners listeners = Listeners.open();
    Path registry = DemoPartners.register(server.data(), listeners.addresses());
    Run run = new Run(server, listeners, ServerProcess.start(command, server, registry));
    run.process.awaitReady(progress);
    return run;
  }

  boolean playJourney(PrintStream out) throws InterruptedException {
    Partners partners = new Partners(server, Clock.systemUTC());
    return new JourneyTable(out).play(Journey.of(new Scene(partners, listeners)));
  }

  Server server() {
    return server;
  }

  ServerProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
    listeners.close();
  }
}
