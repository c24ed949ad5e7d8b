package io.fingerpost.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The server's process and those of its PostgreSQL, as Linux counts their CPU time and memory. What
 * ended in between counts too, by way of its parent.
 */
public final class Processes {

  /** USER_HZ, the same on every Linux since 2.6. */
  private static final long TICKS_PER_SECOND = 100;

  private final Path proc;
  private final OptionalLong server;
  private final Path database;

  /** CPU seconds since each was started, and memory now. */
  public record Used(
      double serverCpu, double databaseCpu, long serverMegabytes, long databaseMegabytes) {}

  /**
   * @param database data directory of the PostgreSQL, in which its processes work
   */
  public Processes(OptionalLong server, Path database) {
    this(Path.of("/proc"), server, database);
  }

  Processes(Path proc, OptionalLong server, Path database) {
    this.proc = proc;
    this.server = server;
    this.database = database;
  }

  public Used now() {
    List<Path> postgres = postgres();
    List<Path> own = server.stream().mapToObj(pid -> proc.resolve(Long.toString(pid))).toList();
    return new Used(
        own.stream().mapToDouble(Processes::cpuSeconds).sum(),
        postgres.stream().mapToDouble(Processes::cpuSeconds).sum(),
        own.stream().mapToLong(process -> kilobytes(process, "status", "VmRSS:")).sum() / 1024,
        // Shared memory is counted once, not once for each connection.
        postgres.stream().mapToLong(process -> kilobytes(process, "smaps_rollup", "Pss:")).sum()
            / 1024);
  }

  private List<Path> postgres() {
    try (Stream<Path> all = Files.list(proc)) {
      return all.filter(path -> path.getFileName().toString().matches("[0-9]+"))
          .filter(this::isOfTheDatabase)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private boolean isOfTheDatabase(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip().equals("postgres")
          && process.resolve("cwd").toRealPath().equals(database.toRealPath());
    } catch (IOException gone) {
      return false;
    }
  }

  /** Fields 14 to 17 of stat: user and system time, its own and its ended children's. */
  static double cpuSeconds(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = 0;
      for (int field = 14; field <= 17; field++) {
        ticks += Long.parseLong(fields[field - 3]);
      }
      return (double) ticks / TICKS_PER_SECOND;
    } catch (IOException gone) {
      return 0;
    }
  }

  private static long kilobytes(Path process, String file, String name) {
    try (Stream<String> lines = Files.lines(process.resolve(file))) {
      Optional<String> line = lines.filter(text -> text.startsWith(name)).findFirst();
      return line.map(text -> Long.parseLong(text.replaceAll("[^0-9]", ""))).orElse(0L);
    } catch (IOException gone) {
      return 0;
    }
  }
}
