package io.fingerpost.routes.inbound.socialcare;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of a folder that cannot be looked into or a file that cannot be moved: the kind of failure
 * and never its text, which has names of files and servers in it. The same one again is told now
 * and then.
 */
final class CouncilFaults implements ExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(CouncilFaults.class);
  private static final Duration AGAIN = Duration.ofMinutes(5);

  private final CouncilFolder folder;
  private final Clock clock;
  private String told = "";
  private Instant toldAt = Instant.MIN;

  CouncilFaults(CouncilFolder folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public void handleException(Throwable failure) {
    tell(failure);
  }

  @Override
  public void handleException(String message, Throwable failure) {
    tell(failure);
  }

  @Override
  public void handleException(String message, @Nullable Exchange exchange, Throwable failure) {
    tell(failure);
  }

  private synchronized void tell(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String kind = cause.getClass().getSimpleName();
    Instant now = clock.instant();
    if (!kind.equals(told) || now.isAfter(toldAt.plus(AGAIN))) {
      log.warn(
          "outcome=folder-failed cause={} sender={} channel={}",
          kind,
          folder.sender(),
          CouncilTranslator.CHANNEL);
      told = kind;
      toldAt = now;
    }
  }
}
