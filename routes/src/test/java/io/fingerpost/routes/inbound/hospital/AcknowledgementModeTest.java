package io.fingerpost.routes.inbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcknowledgementModeTest {

  @ParameterizedTest(name = "MSH-15 {0}, MSH-16 {1}: {2} when well, {3} when not")
  @CsvSource(
      textBlock =
          """
          # accept, application, when well, when not
          '',       '',          A,         A
          AL,       '',          A,         A
          AL,       NE,          C,         C
          AL,       AL,          A,         A
          NE,       AL,          A,         A
          NE,       NE,          -,         -
          NE,       '',          -,         -
          ER,       NE,          -,         C
          SU,       NE,          C,         -
          NE,       ER,          -,         A
          NE,       SU,          A,         -
          AL,       ER,          C,         A
          AL,       SU,          A,         C
          ER,       SU,          A,         C
          ER,       '',          -,         C
          NE,       XX,          A,         A
          """)
  void answersWhatIsAskedFor(String accept, String application, char well, char not) {
    AcknowledgementMode mode = new AcknowledgementMode(accept, application);

    assertThat(shown(mode.codeFor(true))).isEqualTo(well);
    assertThat(shown(mode.codeFor(false))).isEqualTo(not);
  }

  private static char shown(char code) {
    return code == AcknowledgementMode.SILENT ? '-' : code;
  }
}
