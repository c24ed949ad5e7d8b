package io.fingerpost.routes.inbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7TimeTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      textBlock =
          """
          2026,                    2026
          202603,                  2026-03
          20260303,                2026-03-03
          2026030310,              2026-03-03T10:00:00+00:00
          202603031015,            2026-03-03T10:15:00+00:00
          202607031015,            2026-07-03T10:15:00+01:00
          20260703101501.1234,     2026-07-03T10:15:01+01:00
          20260703101501+0530,     2026-07-03T10:15:01+05:30
          20161231235960+0000,     2016-12-31T23:59:59+00:00
          20240229,                2024-02-29
          """)
  void isKeptAsExactAsItWasSent(String sent, String time) {
    assertThat(Hl7Time.parse(sent).orElseThrow().toDateTime().getValueAsString()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "26",
        "20261301",
        "20260230",
        "20250229",
        "2026030325",
        "202603031060",
        "03/03/2026",
        "20260303101501+9900",
        "2026-03-03",
        "20260303101590",
        "202603031",
        "２０２６"
      })
  void isNoTimeUnlessACalendarHasIt(String sent) {
    assertThat(Hl7Time.parse(sent)).isEmpty();
  }
}
