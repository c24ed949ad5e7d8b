package io.fingerpost.server.storage;

import io.fingerpost.profiles.ProfileValidator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Does, once the server is ready and beside its first requests, what the first check of a resource
 * would otherwise wait for.
 */
@Component
@OnFhirServerRole
class Warmup {

  private static final Logger log = LoggerFactory.getLogger(Warmup.class);

  private final ProfileValidator validator;

  Warmup(ProfileValidator validator) {
    this.validator = validator;
  }

  @EventListener(ApplicationReadyEvent.class)
  void warm() {
    Thread warmer =
        new Thread(
            () -> {
              long begun = System.nanoTime();
              validator.warm();
              log.info("validator warm after {} ms", (System.nanoTime() - begun) / 1_000_000);
            },
            "warm-up");
    warmer.setDaemon(true);
    warmer.start();
  }
}
