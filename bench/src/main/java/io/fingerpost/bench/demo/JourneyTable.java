package io.fingerpost.bench.demo;

import io.fingerpost.bench.demo.Step.Seen;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Plays the steps one after another and prints each as it was; a step that fails stops none. */
final class JourneyTable {

  private static final String ROW = "| %2s | %-20s | %-58s | %-72s | %-7s | %6s |%n";

  private final PrintStream out;

  JourneyTable(PrintStream out) {
    this.out = out;
  }

  /** Whether every step came out as told. */
  boolean play(List<Step> steps) throws InterruptedException {
    out.printf(ROW, "", "who", "what was sent", "what was read back", "", "ms");
    out.printf(
        "|----|%s|%s|%s|---------|-------:|%n", "-".repeat(22), "-".repeat(60), "-".repeat(74));
    int right = 0;
    long begun = System.nanoTime();
    for (int i = 0; i < steps.size(); i++) {
      right += play(i + 1, steps.get(i)) ? 1 : 0;
    }
    out.printf(
        "%n%d of %d steps as told, in %.1f s.%n", right, steps.size(), millisSince(begun) / 1000.0);
    return right == steps.size();
  }

  private boolean play(int number, Step step) throws InterruptedException {
    long begun = System.nanoTime();
    Seen seen = seen(step);
    out.printf(
        ROW,
        number,
        step.who(),
        step.sends(),
        seen.text(),
        seen.asTold() ? "OK" : "DIFFERS",
        millisSince(begun));
    out.flush();
    return seen.asTold();
  }

  private static Seen seen(Step step) throws InterruptedException {
    try {
      return step.play().play();
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception failure) {
      String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
      return new Seen(why.replace('\n', ' '), false);
    }
  }

  private static long millisSince(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun).toMillis();
  }
}
