package io.fingerpost.routes.inbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Hl7VersionTest {

  @ParameterizedTest(name = "[{0}] is {1}")
  @CsvSource({
    "2.2, 2", "2.3, 3", "2.3.1, 3", "2.31, 3", "v2.4, 4", "V2.4, 4", "2.4UK, 4", "2.5^GBR, 5",
    "2.5.1, 5", "2.6, 6", "2.7, 7", "2.7.1, 7", "2.8, -1", "2.1, -1", "2.9, -1", "3.0, -1",
    "'', -1", "two, -1", "12.4, -1", "2.4 or so, -1"
  })
  void isKnownHoweverItIsWritten(String sent, int minor) {
    Hl7Header header =
        Hl7Header.read(
            ("MSH|^~\\&|ALDHELM|Z9H01|||20260303101500||REF^I12|A1|P|" + sent)
                .getBytes(StandardCharsets.UTF_8));

    assertThat(Hl7Version.minor(header).orElse(-1)).isEqualTo(minor);
  }
}
