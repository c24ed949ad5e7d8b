package io.fingerpost.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.bench.demo.Step.Seen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyTableTest {

  private static final Step RIGHT = new Step("Hospital", "REF^I12", () -> new Seen("AA", true));
  private static final Step WRONG = new Step("GP", "a message", () -> new Seen("HTTP 500", false));
  private static final Step BROKEN =
      new Step(
          "Scheme",
          "reads it",
          () -> {
            throw new IllegalStateException("an earlier step found no referral");
          });

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final JourneyTable table =
      new JourneyTable(new PrintStream(printed, true, StandardCharsets.UTF_8));

  @Test
  void isAsToldWhenEveryStepIs() throws Exception {
    assertThat(table.play(List.of(RIGHT, RIGHT))).isTrue();
    assertThat(text()).contains("2 of 2 steps as told").doesNotContain("DIFFERS");
  }

  @Test
  void isNotAsToldWhenOneStepDiffers() throws Exception {
    assertThat(table.play(List.of(RIGHT, WRONG, RIGHT))).isFalse();
    assertThat(text()).contains("2 of 3 steps as told").containsOnlyOnce("DIFFERS");
  }

  @Test
  void playsOnAfterAStepThatFailsAndSaysWhy() throws Exception {
    assertThat(table.play(List.of(BROKEN, RIGHT))).isFalse();
    assertThat(text()).contains("an earlier step found no referral").contains("| 2 |".substring(2));
    assertThat(text().lines().filter(line -> line.contains("OK"))).hasSize(1);
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
