package io.fingerpost.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a killed process may have left in a PostgreSQL data directory: a server still running with
 * its old options, workers of a server that was itself killed (they hold its shared memory, and a
 * new server refuses to start beside them), or a {@code postmaster.pid} whose number now belongs to
 * something else, which PostgreSQL never repairs by itself.
 */
final class Leftovers {

  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Path data;

  private Leftovers(Path data) {
    this.data = data;
  }

  static Leftovers of(Path data) {
    return new Leftovers(data);
  }

  void clear() throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    List<ProcessHandle> servers = ProcessHandle.allProcesses().filter(this::worksHere).toList();
    if (!servers.isEmpty()) {
      log.warn("Stopping {} PostgreSQL processes left in {} by a killed run", servers.size(), data);
      servers.forEach(ProcessHandle::destroy);
      if (!haveEnded(servers)) {
        servers.forEach(ProcessHandle::destroyForcibly);
        haveEnded(servers);
      }
    }
    if (Files.deleteIfExists(pidFile)) {
      log.warn("Removed the stale {}; PostgreSQL recovers from its log", pidFile.getFileName());
    }
  }

  /** PostgreSQL's processes have their data directory as working directory. */
  private boolean worksHere(ProcessHandle process) {
    try {
      Path proc = Path.of("/proc", Long.toString(process.pid()));
      return Files.isSameFile(proc.resolve("cwd"), data)
          && Files.readString(proc.resolve("comm")).strip().startsWith("postgres");
    } catch (IOException | SecurityException e) {
      return isPostmaster(process);
    }
  }

  /** Where there is no {@code /proc}: the process that the pid file names, if it is a postgres. */
  private boolean isPostmaster(ProcessHandle process) {
    try {
      String named = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
      return named.equals(Long.toString(process.pid()))
          && process.info().command().orElse("").endsWith("postgres");
    } catch (IOException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  private static boolean haveEnded(List<ProcessHandle> processes) {
    try {
      CompletableFuture.allOf(
              processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .get(GRACE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
