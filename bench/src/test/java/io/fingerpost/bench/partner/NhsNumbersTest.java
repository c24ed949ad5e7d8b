package io.fingerpost.bench.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NhsNumbersTest {

  /** Published in NHS examples. */
  @ParameterizedTest
  @ValueSource(strings = {"9476719931", "9912003888", "9462979626", "9000000009", "9732017996"})
  void givesTheCheckDigitThatPublishedNumbersHave(String number) {
    assertThat(NhsNumbers.checkDigit(number.substring(0, 9))).contains(number.charAt(9));
  }

  @Test
  void knowsThatSomeNumbersDoNotExist() {
    // 10 x 9 + 9 x 9 + 8 x 9 + 7 x 1 = 250 = 8 mod 11, and so on: one in eleven would end in "10".
    Set<String> ends = new HashSet<>();
    for (int i = 0; i < 11; i++) {
      NhsNumbers.checkDigit("999%06d".formatted(i)).ifPresent(digit -> ends.add("" + digit));
    }
    assertThat(ends).hasSizeLessThan(11);
  }

  @Test
  void givesEachNumberOnceAllOfTheRangeThatIsNeverIssued() {
    NhsNumbers numbers = new NhsNumbers(0);
    Set<String> given = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      given.add(numbers.next());
    }

    assertThat(given)
        .hasSize(5000)
        .allMatch(number -> number.matches("999[0-9]{7}"))
        .allMatch(
            number ->
                NhsNumbers.checkDigit(number.substring(0, 9)).orElseThrow() == number.charAt(9));
  }

  @Test
  void startsAgainAtTheEndOfTheRange() {
    NhsNumbers numbers = new NhsNumbers(999_990);
    for (int i = 0; i < 20; i++) {
      assertThat(numbers.next()).hasSize(10);
    }
  }

  @Test
  void mistypesTheLastDigit() {
    assertThat(NhsNumbers.mistyped("9990000018")).isEqualTo("9990000019");
    assertThat(NhsNumbers.mistyped("9476719919")).isEqualTo("9476719910");
  }
}
