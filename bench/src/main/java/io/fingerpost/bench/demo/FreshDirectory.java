package io.fingerpost.bench.demo;

import io.fingerpost.bench.CommandFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The data directory of one run. It is made afresh, but only a run's own is ever deleted. */
final class FreshDirectory {

  private static final String MARK = ".made-by-the-fingerpost-demo";
  private static final Duration DATABASE_STOPS = Duration.ofSeconds(20);

  private FreshDirectory() {}

  static Path make(Path directory) {
    try {
      if (Files.exists(directory)) {
        requireOurs(directory);
        stopDatabase(directory.resolve("postgres"));
        delete(directory);
      }
      Files.createDirectories(directory);
      Files.createFile(directory.resolve(MARK));
      return directory.toRealPath();
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailed(directory + " cannot be made afresh: " + e.getMessage(), e);
    }
  }

  private static void requireOurs(Path directory) throws IOException {
    try (Stream<Path> inside = Files.list(directory)) {
      if (!Files.exists(directory.resolve(MARK)) && inside.findAny().isPresent()) {
        throw new CommandFailed(
            directory
                + " holds something the demo did not make, and is not deleted. Move it away, or"
                + " name another directory with --data.");
      }
    }
  }

  /** A demo that was killed leaves its PostgreSQL running on this directory. */
  private static void stopDatabase(Path database) throws IOException {
    Path pidFile = database.resolve("postmaster.pid");
    if (!Files.isReadable(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    Optional<ProcessHandle> server =
        ProcessHandle.of(pid).filter(process -> worksIn(process, database));
    if (server.isPresent() && server.get().destroy()) {
      try {
        server.get().onExit().get(DATABASE_STOPS.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException still) {
        throw new IOException("its PostgreSQL, process " + pid + ", does not stop", still);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The number may long be another program's. */
  private static boolean worksIn(ProcessHandle process, Path database) {
    try {
      return Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), database);
    } catch (IOException unknown) {
      return false;
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
