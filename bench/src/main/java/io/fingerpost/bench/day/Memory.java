package io.fingerpost.bench.day;

import io.fingerpost.bench.CommandFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server's JVM still holds once all it does not need is collected. */
final class Memory {

  /** {@code PSYoungGen total 611840K, used 1234K [0x…} and the same of the old generation. */
  private static final Pattern GENERATION = Pattern.compile("Gen\\s+total \\d+K, used (\\d+)K");

  private final Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  private final String pid;

  Memory(long pid) {
    this.pid = Long.toString(pid);
  }

  /** Megabytes of heap in use after a full collection. */
  long live() throws InterruptedException {
    ask("GC.run");
    return used(ask("GC.heap_info"));
  }

  static long used(String info) {
    Matcher generation = GENERATION.matcher(info);
    long kilobytes = 0;
    while (generation.find()) {
      kilobytes += Long.parseLong(generation.group(1));
    }
    return kilobytes / 1024;
  }

  private String ask(String what) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), pid, what).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new CommandFailed("jcmd " + what + " says: " + said.strip());
      }
      return said;
    } catch (IOException e) {
      throw new CommandFailed("There is no " + jcmd + ": a JDK is needed, not a JRE.", e);
    }
  }
}
