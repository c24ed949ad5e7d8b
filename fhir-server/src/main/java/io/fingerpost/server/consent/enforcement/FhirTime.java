package io.fingerpost.server.consent.enforcement;

import io.fingerpost.server.consent.decision.Period;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import org.hl7.fhir.r4.model.BaseDateTimeType;

/**
 * Reads FHIR's dates of any precision as the stretch of time each of them is: {@code 2026-03-31} is
 * that day from midnight to midnight in London, summer time and all.
 */
final class FhirTime {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  private FhirTime() {}

  /** The stretch a date covers; empty when it has no value or none that can be read. */
  static Optional<Period> spanOf(BaseDateTimeType date) {
    String text = date.getValueAsString();
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(spanOf(text));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  /** From the start of the first date to the end of the last, each open where nothing is stated. */
  static Optional<Period> from(org.hl7.fhir.r4.model.Period period) {
    Optional<Instant> start =
        period.hasStartElement()
            ? spanOf(period.getStartElement()).map(Period::start)
            : Optional.of(Instant.MIN);
    Optional<Instant> end =
        period.hasEndElement()
            ? spanOf(period.getEndElement()).map(Period::end)
            : Optional.of(Instant.MAX);
    return start.flatMap(
        from -> end.filter(until -> from.isBefore(until)).map(until -> new Period(from, until)));
  }

  private static Period spanOf(String text) {
    return switch (text.length()) {
      case 4 -> days(Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1));
      case 7 -> days(YearMonth.parse(text).atDay(1), YearMonth.parse(text).plusMonths(1).atDay(1));
      case 10 -> days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
      default -> moment(text);
    };
  }

  private static Period days(LocalDate first, LocalDate next) {
    return new Period(
        first.atStartOfDay(LONDON).toInstant(), next.atStartOfDay(LONDON).toInstant());
  }

  /** FHIR counts the whole of the last second, or millisecond, as inside. */
  private static Period moment(String text) {
    Instant start = OffsetDateTime.parse(text).toInstant();
    Duration unit = text.contains(".") ? Duration.ofMillis(1) : Duration.ofSeconds(1);
    return new Period(start, start.plus(unit));
  }
}
