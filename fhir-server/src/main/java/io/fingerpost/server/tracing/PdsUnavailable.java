package io.fingerpost.server.tracing;

import java.time.Duration;
import java.util.Optional;

/** The service could not be asked or did not answer: the same question is asked again, later. */
final class PdsUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> retryAfter;

  /**
   * @param cause a code, and nothing of what was asked or answered
   */
  PdsUnavailable(String cause) {
    this(cause, Optional.empty());
  }

  PdsUnavailable(String cause, Optional<Duration> retryAfter) {
    super(cause);
    this.retryAfter = retryAfter;
  }

  /** How long the service itself asks to be left alone. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
