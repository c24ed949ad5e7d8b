package io.fingerpost.server.audit;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that sort by the millisecond of their event: UUIDs of version 7. */
final class EventIds {

  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000000000000000L;

  private EventIds() {}

  static UUID next(Instant at) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
        at.toEpochMilli() << 16 | VERSION | random.nextLong(0x1000),
        VARIANT | random.nextLong() >>> 2);
  }

  /** No id of this instant or later is smaller. */
  static UUID first(Instant at) {
    return new UUID(Math.max(0, at.toEpochMilli()) << 16, 0);
  }
}
