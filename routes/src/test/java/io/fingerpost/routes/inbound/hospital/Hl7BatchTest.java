package io.fingerpost.routes.inbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fingerpost.routes.inbound.MessageRefused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Hl7BatchTest {

  private static final String MESSAGE = "MSH|^~\\&|A\rPID|1\r";

  @ParameterizedTest(name = "{0} holds {1}")
  @CsvSource({
    "BHS MSH BTS, 1",
    "BHS MSH MSH BTS2, 2",
    "FHS BHS MSH BTS1 BHS MSH MSH BTS2 FTS2, 3",
    "FHS MSH MSH FTS, 2",
    "BHS MSH MSH MSH BTS3, 3"
  })
  void isTakenApart(String segments, int messages) {
    Hl7Batch batch = Hl7Batch.read(batch(segments));

    assertThat(batch.messages()).hasSize(messages);
    assertThat(batch.messages())
        .allSatisfy(
            message -> assertThat(new String(message, StandardCharsets.UTF_8)).isEqualTo(MESSAGE));
  }

  @ParameterizedTest(name = "{0} is broken at {1}")
  @CsvSource({
    "BHS MSH MSH, BTS",
    "BHS MSH MSH BTS3, BTS-1",
    "BHS MSH MSH BTS1, BTS-1",
    "BHS BTS, MSH",
    "BHS BTS0, MSH",
    "FHS BHS MSH BTS1, FTS",
    "FHS MSH, BTS",
    "BHS BHS MSH BTS BTS, BHS",
    "BHS MSH BTS1 MSH, BHS",
    "BHS MSH BTS1 BTS1, BTS",
    "FHS BHS MSH FTS, BTS"
  })
  void isNotTakenUnlessItIsWhole(String segments, String location) {
    assertThatExceptionOfType(MessageRefused.class)
        .isThrownBy(() -> Hl7Batch.read(batch(segments)))
        .satisfies(refused -> assertThat(refused.location()).isEqualTo(location));
  }

  @Test
  void isKnownByItsFirstSegment() {
    assertThat(Hl7Batch.isOne(batch("FHS"))).isTrue();
    assertThat(Hl7Batch.isOne(batch("BHS"))).isTrue();
    assertThat(Hl7Batch.isOne(batch("MSH"))).isFalse();
    assertThat(Hl7Batch.isOne(new byte[0])).isFalse();
    assertThat(Hl7Batch.isOne(new byte[] {'B', 'H'})).isFalse();
  }

  /** {@code BTS2} is a trailer that counts two. */
  private static byte[] batch(String segments) {
    StringBuilder text = new StringBuilder();
    for (String segment : segments.split(" ")) {
      String name = segment.substring(0, 3);
      switch (name) {
        case "MSH" -> text.append(MESSAGE);
        case "BTS", "FTS" ->
            text.append(name).append('|').append(segment.substring(3)).append('\r');
        default -> text.append(name).append("|^~\\&|A|B\r");
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
