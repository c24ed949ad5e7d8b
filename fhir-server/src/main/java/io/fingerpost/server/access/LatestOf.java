package io.fingerpost.server.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a file says at this moment: whoever asks after the file has changed gets the new content. A
 * file that cannot be used leaves the last good content in force, and that is told.
 */
final class LatestOf<T> {

  private static final Logger log = LoggerFactory.getLogger(LatestOf.class);

  /** Two changes within one tick of the file system's clock look alike; its ticks are shorter. */
  private static final Duration TICK = Duration.ofSeconds(2);

  /** Makes the content of a file what is wanted, or says by an exception where it cannot. */
  @FunctionalInterface
  interface Reader<T> {
    T read(byte[] content) throws IOException;
  }

  private record Stamp(FileTime changed, long size, @Nullable Object key) {}

  private record State<T>(
      T value, Optional<Stamp> stamp, byte[] content, Instant readAt, boolean faulty) {

    boolean isStill(Optional<Stamp> now) {
      return now.equals(stamp)
          && stamp.map(of -> of.changed().toInstant().plus(TICK).isBefore(readAt)).orElse(true);
    }
  }

  private final String what;
  private final Path file;
  private final Reader<T> reader;
  private final Clock clock;
  private volatile State<T> state;

  /**
   * @param what the file's name in the log
   * @param first what holds until the file can be read
   */
  LatestOf(String what, Path file, Reader<T> reader, Clock clock, T first) {
    this.what = what;
    this.file = file;
    this.reader = reader;
    this.clock = clock;
    this.state = new State<>(first, Optional.empty(), new byte[0], Instant.EPOCH, false);
  }

  T get() {
    if (!state.isStill(stamp())) {
      readAgain();
    }
    return state.value();
  }

  /** Whether the file as it is now could not be used. */
  boolean isFaulty() {
    get();
    return state.faulty();
  }

  private synchronized void readAgain() {
    State<T> last = state;
    Optional<Stamp> now = stamp();
    if (last.isStill(now)) {
      return;
    }
    Instant readAt = clock.instant();
    byte[] content = new byte[0];
    try {
      content = Files.readAllBytes(file);
      if (!Arrays.equals(content, last.content()) || now.isEmpty()) {
        state = new State<>(reader.read(content), now, content, readAt, false);
        log.info("outcome=read file={}", what);
      } else {
        state = new State<>(last.value(), now, content, readAt, last.faulty());
      }
    } catch (IOException | RuntimeException unusable) {
      state = new State<>(last.value(), now, content, readAt, true);
      log.error(
          "outcome=unusable file={} cause={} location={}",
          what,
          unusable.getClass().getSimpleName(),
          unusable instanceof RegistryFault fault ? fault.location() : "");
    }
  }

  private Optional<Stamp> stamp() {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Stamp(seen.lastModifiedTime(), seen.size(), seen.fileKey()));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException unreadable) {
      log.error("outcome=unusable file={} cause={}", what, unreadable.getClass().getSimpleName());
      return state.stamp();
    }
  }
}
