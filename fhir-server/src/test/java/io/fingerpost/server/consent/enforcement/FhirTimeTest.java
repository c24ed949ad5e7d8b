package io.fingerpost.server.consent.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.consent.decision.Period;
import java.time.Instant;
import org.hl7.fhir.r4.model.DateTimeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FhirTimeTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          2026,                          2026-01-01T00:00:00Z,     2027-01-01T00:00:00Z
          2026-06,                       2026-05-31T23:00:00Z,     2026-06-30T23:00:00Z
          2026-01-10,                    2026-01-10T00:00:00Z,     2026-01-11T00:00:00Z
          2026-06-30,                    2026-06-29T23:00:00Z,     2026-06-30T23:00:00Z
          2026-03-29,                    2026-03-29T00:00:00Z,     2026-03-29T23:00:00Z
          2026-06-30T12:00:00+01:00,     2026-06-30T11:00:00Z,     2026-06-30T11:00:01Z
          2026-06-30T12:00:00.500Z,      2026-06-30T12:00:00.500Z, 2026-06-30T12:00:00.501Z
          """)
  void readsADateAsTheTimeItCovers(String date, Instant start, Instant end) {
    assertThat(FhirTime.spanOf(new DateTimeType(date))).contains(new Period(start, end));
  }

  @Test
  void readsNothingFromATimeInNoStatedZone() {
    DateTimeType date = new DateTimeType();
    date.setValueAsString("2026-06-30T12:00:00");
    assertThat(FhirTime.spanOf(date)).isEmpty();
  }

  @Test
  void readsNothingFromADateWithoutAValue() {
    assertThat(FhirTime.spanOf(new DateTimeType())).isEmpty();
  }

  @Test
  void leavesAPeriodOpenWhereItStatesNothing() {
    assertThat(FhirTime.from(new org.hl7.fhir.r4.model.Period())).contains(Period.ALWAYS);
  }
}
