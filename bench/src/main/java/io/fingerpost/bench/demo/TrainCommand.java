package io.fingerpost.bench.demo;

import io.fingerpost.bench.Arguments;
import io.fingerpost.bench.Command;
import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.WrongUsage;
import io.fingerpost.bench.launch.Progress;
import io.fingerpost.bench.partner.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Starts a server, plays the journey and stops it, for a JVM that learns from a run what to have at
 * hand at the next start. On ports of its own, so that nothing is in its way.
 */
public final class TrainCommand implements Command {

  @Override
  public int run(Arguments arguments) throws InterruptedException {
    arguments.requireOnly("data");
    Path data =
        arguments
            .value("data")
            .map(Path::of)
            .orElseThrow(() -> new WrongUsage("--data is missing"));
    Server server = new Server(freePort(), freePort(), data.toAbsolutePath());
    try (Run run = Run.start(arguments.rest(), server, Progress.QUIET)) {
      run.playJourney(
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }
    return 0;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CommandFailed("No port is free.", e);
    }
  }
}
