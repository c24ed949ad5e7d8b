package io.fingerpost.server.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Ends the program once it is ready: the run from which a JDK learns what a start loads. */
@Component
@ConditionalOnProperty("fingerpost.exit-when-ready")
class ExitWhenReady {

  @EventListener
  void exit(ApplicationReadyEvent ready) {
    Thread ending =
        new Thread(() -> System.exit(SpringApplication.exit(ready.getApplicationContext())), "end");
    ending.start();
  }
}
