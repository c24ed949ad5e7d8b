package io.fingerpost.bench.demo;

import io.fingerpost.bench.Arguments;
import io.fingerpost.bench.Command;
import io.fingerpost.bench.WrongUsage;
import io.fingerpost.bench.launch.Readiness;
import io.fingerpost.bench.partner.Server;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Starts a server on fresh data, plays the journey, and serves on until it is stopped. */
public final class DemoCommand implements Command {

  @Override
  public int run(Arguments arguments) throws InterruptedException {
    arguments.requireOnly("once", "data");
    if (arguments.rest().isEmpty()) {
      throw new WrongUsage("usage: ./fingerpost demo [--once]");
    }
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Path data = arguments.value("data").map(Path::of).orElseGet(Server::demoData);
    Server server = Server.fromEnvironment().withData(data);
    Readiness.requireFree(server);
    out.println("Fresh data, keys and registry in " + server.data());
    try (Run run = Run.start(arguments.rest(), server, new StartLine(out))) {
      boolean asTold = run.playJourney(out);
      if (!asTold) {
        out.println("The server's log: " + run.process().log());
      }
      if (!arguments.has("once")) {
        out.println(Addresses.of(run.server(), run.certificates()));
        run.process().awaitEnd();
      }
      return asTold ? 0 : 1;
    }
  }
}
