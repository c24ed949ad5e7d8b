package io.fingerpost.server.consent.decision;

import java.time.Instant;
import java.util.stream.Stream;

/** A stretch of time: the start is inside it, the end is not. */
public record Period(Instant start, Instant end) {
  public static final Period ALWAYS = new Period(Instant.MIN, Instant.MAX);

  public boolean contains(Instant at) {
    return !at.isBefore(start) && at.isBefore(end);
  }

  boolean overlaps(Period other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }

  Stream<Instant> turningPoints() {
    return Stream.of(start, end);
  }

  Period within(Period other) {
    return new Period(
        start.isAfter(other.start) ? start : other.start,
        end.isBefore(other.end) ? end : other.end);
  }
}
