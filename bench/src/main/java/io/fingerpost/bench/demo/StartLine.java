package io.fingerpost.bench.demo;

import io.fingerpost.bench.launch.Progress;
import java.io.PrintStream;
import java.time.Duration;

/** Shows that a start goes on: counting up on a terminal, a line now and then elsewhere. */
final class StartLine implements Progress {

  private static final int SECONDS_BETWEEN_LINES = 15;

  private final PrintStream out;
  private final boolean terminal = System.console() != null;
  private long told = -1;

  StartLine(PrintStream out) {
    this.out = out;
  }

  @Override
  public void waited(Duration soFar) {
    long seconds = soFar.toSeconds();
    if (terminal && seconds != told) {
      told = seconds;
      out.printf("\rStarting PostgreSQL, the FHIR server and the routes … %d s ", seconds);
      out.flush();
    } else if (!terminal && (told < 0 || seconds >= told + SECONDS_BETWEEN_LINES)) {
      told = seconds;
      out.printf("Starting PostgreSQL, the FHIR server and the routes … %d s%n", seconds);
    }
  }

  @Override
  public void ready(Duration took) {
    out.printf(
        "%sReady after %.1f s: HTTP, MLLP and pollers all serve.%s%n%n",
        terminal ? "\r" : "", took.toMillis() / 1000.0, terminal ? "          " : "");
  }
}
