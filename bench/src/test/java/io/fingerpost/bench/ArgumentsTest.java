package io.fingerpost.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  @Test
  void tellsWordsOptionsAndTheServersCommandApart() {
    Arguments read =
        Arguments.of(List.of("demo-gp", "--purpose", "TREAT", "--once", "--", "java", "--once=no"));

    assertThat(read.words()).containsExactly("demo-gp");
    assertThat(read.value("purpose")).contains("TREAT");
    assertThat(read.has("once")).isTrue();
    assertThat(read.rest()).containsExactly("java", "--once=no");
  }

  @Test
  void refusesAnOptionNobodyKnows() {
    assertThatThrownBy(() -> Arguments.of(List.of("--onse")).requireOnly("once"))
        .isInstanceOf(WrongUsage.class)
        .hasMessageContaining("--onse");
  }

  @Test
  void refusesAnOptionLeftWithoutItsValue() {
    Arguments read = Arguments.of(List.of("--out", "--format", "csv"));

    assertThatThrownBy(() -> read.value("out")).isInstanceOf(WrongUsage.class);
  }
}
