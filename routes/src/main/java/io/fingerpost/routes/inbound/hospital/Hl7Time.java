package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;

/**
 * A time as HL7 v2 writes it, kept as exact as it was sent; without an offset it is London time.
 *
 * <pre>2026 · 202603 · 20260303 · 202607031015 · 20260703101500.123+0100</pre>
 *
 * @param open how much later than the instant it may have been: the rest of a minute that is not
 *     given to the second, and an hour where London's clocks pass through it twice
 */
record Hl7Time(String date, Optional<OffsetDateTime> instant, Duration open) {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{4})(?:([0-9]{2})(?:([0-9]{2})"
              + "(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:\\.[0-9]{1,4})?)?)?)?)?)?"
              + "([+-][0-9]{4})?");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

  Hl7Time(String date, Optional<OffsetDateTime> instant) {
    this(date, instant, Duration.ZERO);
  }

  /** Empty when this is no time, or none of the calendar. */
  static Optional<Hl7Time> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate day = LocalDate.of(number(parts, 1, 0), number(parts, 2, 1), number(parts, 3, 1));
      if (parts.group(4) == null) {
        return Optional.of(new Hl7Time(date(parts), Optional.empty()));
      }
      LocalDateTime local = day.atTime(number(parts, 4, 0), number(parts, 5, 0), seconds(parts));
      OffsetDateTime instant =
          parts.group(7) == null
              ? local.atZone(LONDON).toOffsetDateTime()
              : local.atOffset(ZoneOffset.of(parts.group(7)));
      return Optional.of(new Hl7Time(date(parts), Optional.of(instant), open(parts, local)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The time in a field, absent where the field is. */
  static Optional<Hl7Time> in(Hl7Segment segment, int field) {
    return segment
        .text(field)
        .map(
            text ->
                parse(text)
                    .orElseThrow(
                        () ->
                            MessageRefused.invalid(
                                segment.location(field),
                                "Send a day of the calendar as YYYYMMDD, or a time as"
                                    + " YYYYMMDDHHMM, with the offset where it is not London"
                                    + " time.")));
  }

  /** The time a message was written at; empty for a bare day, which orders nothing. */
  Optional<MessageTime> toMessageTime() {
    return instant.map(time -> new MessageTime(time.toInstant(), time.toInstant().plus(open)));
  }

  private static Duration open(Matcher parts, LocalDateTime local) {
    Duration open = Duration.ZERO;
    if (parts.group(5) == null) {
      open = Duration.ofHours(1);
    } else if (parts.group(6) == null) {
      open = Duration.ofMinutes(1);
    }
    boolean isTwice = parts.group(7) == null && LONDON.getRules().getValidOffsets(local).size() > 1;
    return isTwice ? open.plusHours(1) : open;
  }

  DateType toDate() {
    return new DateType(date);
  }

  DateTimeType toDateTime() {
    return new DateTimeType(instant.map(SECONDS::format).orElse(date));
  }

  private static String date(Matcher parts) {
    StringBuilder date = new StringBuilder(parts.group(1));
    for (int part = 2; part <= 3 && parts.group(part) != null; part++) {
      date.append('-').append(parts.group(part));
    }
    return date.toString();
  }

  /** A leap second is kept as the second before it: Java's calendar has none. */
  private static int seconds(Matcher parts) {
    int seconds = number(parts, 6, 0);
    return seconds == 60 ? 59 : seconds;
  }

  private static int number(Matcher parts, int group, int absent) {
    return parts.group(group) == null ? absent : Integer.parseInt(parts.group(group));
  }
}
