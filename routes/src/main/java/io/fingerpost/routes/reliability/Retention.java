package io.fingerpost.routes.reliability;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Erases the bodies of messages whose retention has passed. */
@Component
class Retention {

  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private final MessageLog messages;
  private final MessageSettings settings;
  private final Clock clock;

  Retention(MessageLog messages, MessageSettings settings, Clock clock) {
    this.messages = messages;
    this.settings = settings;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT6H")
  void erase() {
    int erased = messages.erase(settings.retention(), clock.instant());
    if (erased > 0) {
      log.info("outcome=erased messages={}", erased);
    }
  }
}
