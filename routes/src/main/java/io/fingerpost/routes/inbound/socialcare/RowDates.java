package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.reliability.KeptMessage;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;

/**
 * The dates of a row, in the one form its council writes them in. A date in another form is refused
 * and never guessed at: 03/04/2026 is two days.
 */
final class RowDates {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final LocalDate NOBODY_IS_OLDER_THAN = LocalDate.of(1890, 1, 1);

  private final String pattern;
  private final DateTimeFormatter format;
  private final LocalDate received;

  RowDates(String pattern, KeptMessage message) {
    this.pattern = pattern;
    this.format = format(pattern);
    this.received = LocalDate.ofInstant(message.receivedAt(), LONDON);
  }

  static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.UK)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** A day that has come. */
  Optional<LocalDate> past(CouncilRow row, Field field) {
    return row.text(field).map(text -> past(text, field));
  }

  private LocalDate past(String text, Field field) {
    LocalDate date;
    try {
      date = LocalDate.parse(text, format);
    } catch (DateTimeException e) {
      throw MessageRefused.invalid(
          field.header(), "Write a day of the calendar in the form " + pattern + ".");
    }
    if (date.isAfter(received) || date.isBefore(NOBODY_IS_OLDER_THAN)) {
      throw MessageRefused.invalid(
          field.header(), "The date has not come yet or is too long ago. Check the year.");
    }
    return date;
  }

  LocalDate received() {
    return received;
  }

  static DateType date(LocalDate day) {
    return new DateType(day.toString());
  }

  static DateTimeType dateTime(LocalDate day) {
    return new DateTimeType(day.toString());
  }
}
