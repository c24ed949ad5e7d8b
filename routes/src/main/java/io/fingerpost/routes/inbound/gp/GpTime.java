package io.fingerpost.routes.inbound.gp;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageTime;
import io.fingerpost.routes.reliability.KeptMessage;
import java.time.Duration;
import java.time.Instant;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.InstantType;
import org.jspecify.annotations.Nullable;

/** When a message says it was written. */
final class GpTime {

  /** Two clocks may differ by hours; one that is days ahead would shut out all that comes later. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private GpTime() {}

  /** Of a time to the second, any moment in it; null where the message says none. */
  static @Nullable MessageTime of(Bundle bundle, KeptMessage kept) {
    InstantType timestamp = bundle.getTimestampElement();
    if (timestamp.getValue() == null) {
      return null;
    }
    Instant written = timestamp.getValue().toInstant();
    if (written.isAfter(kept.receivedAt().plus(AHEAD))) {
      throw MessageRefused.invalid(
          "Bundle.timestamp", "It is in the future. Check the clock of your system.");
    }
    return timestamp.getPrecision() == TemporalPrecisionEnum.MILLI
        ? MessageTime.at(written)
        : new MessageTime(written, written.plusMillis(999));
  }
}
