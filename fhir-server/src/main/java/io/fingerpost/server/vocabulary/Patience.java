package io.fingerpost.server.vocabulary;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks someone who may be silent, and after a silence leaves them alone for a while: nobody's
 * request waits for one timeout after another.
 */
final class Patience {

  private static final Logger log = LoggerFactory.getLogger(Patience.class);
  private static final String METER = "fingerpost.terminology.server";

  private final MeterRegistry meters;
  private final Clock clock;
  private final Duration pause;
  private volatile Instant askAgainAt = Instant.MIN;

  Patience(MeterRegistry meters, Clock clock, Duration pause) {
    this.meters = meters;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Empty when there was no answer; why is in the log, and how often in the metric.
   *
   * @throws QuestionRefused when only this question has no answer there
   */
  <T> Optional<T> ask(Supplier<T> question) {
    if (clock.instant().isBefore(askAgainAt)) {
      count("not-asked");
      return Optional.empty();
    }
    try {
      Optional<T> answer = Optional.ofNullable(question.get());
      count("answered");
      return answer;
    } catch (RuntimeException silence) {
      if (within(silence, QuestionRefused.class) instanceof QuestionRefused refused) {
        count("refused");
        throw refused;
      }
      askAgainAt = clock.instant().plus(pause);
      count("silent");
      // A client's own text holds the URL, and with it the code.
      log.warn("outcome=terminology-server-silent cause={} askedAgainIn={}", cause(silence), pause);
      return Optional.empty();
    }
  }

  private static String cause(Throwable silence) {
    Throwable said = within(silence, NoAnswer.class);
    if (said != null) {
      return String.valueOf(said.getMessage());
    }
    Throwable cause = silence.getCause() == null ? silence : silence.getCause();
    return cause.getClass().getSimpleName();
  }

  private static @Nullable Throwable within(Throwable thrown, Class<? extends Throwable> type) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return cause;
      }
    }
    return null;
  }

  private void count(String outcome) {
    meters.counter(METER, "outcome", outcome).increment();
  }
}
