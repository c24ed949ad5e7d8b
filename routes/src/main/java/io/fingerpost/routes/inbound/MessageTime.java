package io.fingerpost.routes.inbound;

import java.time.Instant;

/**
 * When a sender says it wrote a message, as exactly as it says so: somewhere between two moments. A
 * time to the minute, or in the hour that is passed through twice in autumn, is no single moment.
 */
public record MessageTime(Instant earliest, Instant latest) {

  public MessageTime {
    if (latest.isBefore(earliest)) {
      throw new IllegalArgumentException("latest is before earliest");
    }
  }

  public static MessageTime at(Instant moment) {
    return new MessageTime(moment, moment);
  }
}
