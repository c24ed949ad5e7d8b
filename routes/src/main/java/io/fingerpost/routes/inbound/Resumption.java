package io.fingerpost.routes.inbound;

import io.fingerpost.routes.reliability.Correlation;
import io.fingerpost.routes.reliability.LogEntry;
import io.fingerpost.routes.reliability.MessageLog;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes up what was received and not finished: after a restart, after a failure, after somebody has
 * decided whom a held message is about. Several nodes may do so at once; each message is taken by
 * one.
 */
@Component
class Resumption {

  private static final Logger log = LoggerFactory.getLogger(Resumption.class);
  private static final int BATCH = 20;

  private final MessageLog messages;
  private final Spine spine;
  private final RetrySettings retry;
  private final Clock clock;

  Resumption(MessageLog messages, Spine spine, RetrySettings retry, Clock clock) {
    this.messages = messages;
    this.spine = spine;
    this.retry = retry;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${fingerpost.inbound.retry.poll:PT2S}")
  void takeUpWhatIsDue() {
    List<LogEntry> due;
    int released = messages.release(clock.instant());
    if (released > 0) {
      log.info("outcome=released messages={}", released);
    }
    do {
      Instant now = clock.instant();
      due = messages.takeDue(now, now.plus(retry.lease()), BATCH);
      due.forEach(entry -> Correlation.of(entry.message().id(), () -> takeUp(entry)));
    } while (due.size() == BATCH);
  }

  private void takeUp(LogEntry entry) {
    log.info("outcome=resumed attempt={} message={}", entry.attempts(), entry.message().id());
    spine.resume(entry);
  }
}
