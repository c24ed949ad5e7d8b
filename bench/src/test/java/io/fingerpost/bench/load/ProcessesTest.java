package io.fingerpost.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fingerpost.bench.load.Processes.Used;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {

  private final Path proc;
  private final Path data;

  ProcessesTest(@TempDir Path directory) throws IOException {
    this.proc = Files.createDirectories(directory.resolve("proc"));
    this.data = Files.createDirectories(directory.resolve("data/postgres"));
  }

  @Test
  void addsUpTheServerAndThePostgresOfItsDataDirectoryAndNoOther() throws Exception {
    process("10", "java", "java (fingerpost) x", 1_000, proc);
    process("20", "postgres", "postgres", 300, data);
    process("21", "postgres", "postgres: checkpointer", 200, data);
    process("30", "postgres", "postgres", 9_000, proc);

    Used used = new Processes(proc, OptionalLong.of(10), data).now();

    assertThat(used.serverCpu()).isCloseTo(10.0, within(0.001));
    assertThat(used.databaseCpu()).isCloseTo(5.0, within(0.001));
    assertThat(used.serverMegabytes()).isEqualTo(512);
    assertThat(used.databaseMegabytes()).isEqualTo(64);
  }

  /** As Linux writes it; the name may hold blanks and brackets. */
  private void process(String pid, String comm, String name, long ticks, Path cwd)
      throws IOException {
    Path own = Files.createDirectories(proc.resolve(pid));
    Files.writeString(own.resolve("comm"), comm + "\n");
    Files.writeString(
        own.resolve("stat"),
        "%s (%s) S 1 1 1 0 -1 0 0 0 0 0 %d 0 0 0 20 0 1 0\n".formatted(pid, name, ticks));
    Files.writeString(own.resolve("status"), "Name:\tx\nVmRSS:\t  524288 kB\n");
    Files.writeString(own.resolve("smaps_rollup"), "Rss: 99999 kB\nPss:   32768 kB\n");
    Files.createSymbolicLink(own.resolve("cwd"), cwd);
  }
}
