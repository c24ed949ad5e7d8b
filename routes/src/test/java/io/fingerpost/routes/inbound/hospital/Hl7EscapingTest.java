package io.fingerpost.routes.inbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Hl7EscapingTest {

  private static final EncodingCharacters USUAL = new EncodingCharacters('|', "^~\\&");

  private final Hl7Escaping escaping = new Hl7Escaping();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          a \\T\\ b;          a & b
          \\F\\\\S\\\\R\\\\E\\; |^~\\
          caf\\XC3A9\\;       café
          caf\\XE9\\;         café
          \\H\\loud\\N\\;     loud
          C:\\letters;        C:\\letters
          C:\\a\\b\\;         C:\\a\\b\\
          \\XZZ\\;            \\XZZ\\
          \\;                 \\
          \\E\\T\\E\\;        \\T\\
          """)
  void readsEverySequenceAndKeepsWhatIsNone(String sent, String meant) {
    assertThat(escaping.unescape(sent, USUAL)).isEqualTo(meant);
  }

  @Test
  void readsALineBreak() {
    assertThat(escaping.unescape("one\\.br\\two", USUAL)).isEqualTo("one\ntwo");
  }

  @Test
  void writesWhatItCanReadAgain() {
    String text = "a|b^c~d\\e&f\ng é";
    assertThat(escaping.unescape(escaping.escape(text, USUAL), USUAL)).isEqualTo(text);
    assertThat(escaping.escape(text, USUAL)).doesNotContain("|", "^", "~", "&", "\n");
  }
}
