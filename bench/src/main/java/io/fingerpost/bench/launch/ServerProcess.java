package io.fingerpost.bench.launch;

import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.partner.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Fingerpost server as a child of this process. However this process ends, short of being killed,
 * the server is asked to stop and waited for.
 */
public final class ServerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int STOP_SECONDS = 90;

  private final Process process;
  private final Server server;
  private final Path log;
  private final long begun = System.nanoTime();

  private ServerProcess(Process process, Server server, Path log) {
    this.process = process;
    this.server = server;
    this.log = log;
  }

  /** Starts the command; its output goes to {@code fingerpost.log} in the data directory. */
  public static ServerProcess start(List<String> command, Server server, Path registry) {
    return start(command, server, registry, Map.of());
  }

  /**
   * @param more variables of its environment
   */
  public static ServerProcess start(
      List<String> command, Server server, Path registry, Map<String, String> more) {
    Path log = server.data().resolve("fingerpost.log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment(server, registry));
    builder.environment().putAll(more);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      Files.createDirectories(server.data());
      ServerProcess started = new ServerProcess(builder.start(), server, log);
      Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop-fingerpost"));
      return started;
    } catch (IOException e) {
      throw new CommandFailed("The server could not be started: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> environment(Server server, Path registry) {
    return Map.of(
        "FINGERPOST_HTTP_PORT", Integer.toString(server.httpPort()),
        "FINGERPOST_MLLP_PORT", Integer.toString(server.mllpPort()),
        "FINGERPOST_DATA", server.data().toString(),
        "FINGERPOST_REGISTRY", registry.toString());
  }

  /** Waits until FHIR, MLLP and the pollers all serve; returns how long that took. */
  public Duration awaitReady(Progress progress) throws InterruptedException {
    Readiness readiness = new Readiness(server);
    while (true) {
      boolean up = readiness.isUp();
      if (process.waitFor(up ? 0 : 250, TimeUnit.MILLISECONDS)) {
        // Even if somebody answers: then it is another server, on the port this one wanted.
        throw new CommandFailed("The server has stopped." + LastWords.in(log));
      }
      if (up) {
        break;
      }
      if (age().compareTo(PATIENCE) > 0) {
        throw new CommandFailed("The server was not ready in five minutes." + LastWords.in(log));
      }
      progress.waited(age());
    }
    Duration took = age();
    progress.ready(took);
    return took;
  }

  private Duration age() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  public long pid() {
    return process.pid();
  }

  public Path log() {
    return log;
  }

  /** Returns when the server has ended by itself. */
  public void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** Asks the server to stop, so that its database is closed too, and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
