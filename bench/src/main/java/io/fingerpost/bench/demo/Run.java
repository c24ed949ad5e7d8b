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
  private final Certificates certificates;
  private final Listeners listeners;
  private final ServerProcess process;

  private Run(
      Server server, Certificates certificates, Listeners listeners, ServerProcess process) {
    this.server = server;
    this.certificates = certificates;
    this.listeners = listeners;
    this.process = process;
  }

  static Run start(List<String> command, Server wanted, Progress progress)
      throws InterruptedException {
    Server server = wanted.withData(FreshDirectory.make(wanted.data()));
    Certificates certificates =
        Certificates.make(server.data().resolve("keys"), Server.mllpTlsPort());
    Listeners listeners = Listeners.open(certificates);
    Path registry = DemoPartners.register(server.data(), listeners.addresses(certificates));
    ServerProcess process =
        ServerProcess.start(command, server, registry, certificates.environment());
    Run run = new Run(server, certificates, listeners, process);
    run.process.awaitReady(progress);
    return run;
  }

  boolean playJourney(PrintStream out) throws InterruptedException {
    Partners partners = new Partners(server, Clock.systemUTC());
    return new JourneyTable(out).play(Journey.of(new Scene(partners, listeners, certificates)));
  }

  Server server() {
    return server;
  }

  Certificates certificates() {
    return certificates;
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
