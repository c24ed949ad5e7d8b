package io.fingerpost.routes.console;

import io.fingerpost.routes.reliability.MessageLog;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Puts failed messages back to work, as they were. A message is stored once however often it is
 * replayed. Who may call it is decided before it is reached: operators only.
 */
@RestController
class ReplayController {

  private static final Logger log = LoggerFactory.getLogger(ReplayController.class);

  private final MessageLog messages;
  private final Clock clock;

  ReplayController(MessageLog messages, Clock clock) {
    this.messages = messages;
    this.clock = clock;
  }

  /** One of the three, so that nothing is replayed by leaving something out. */
  record Replay(@Nullable Boolean failed, @Nullable UUID message, @Nullable String sender) {
    boolean namesOne() {
      return (Boolean.TRUE.equals(failed) ? 1 : 0)
              + (message == null ? 0 : 1)
              + (sender == null ? 0 : 1)
          == 1;
    }
  }

  @PostMapping("/console/api/replay")
  ResponseEntity<?> replay(@RequestBody Replay wanted) {
    if (!wanted.namesOne()) {
      ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.BAD_REQUEST);
      problem.setTitle("REPLAY_UNCLEAR");
      problem.setDetail("Name one of: failed (true), message (id), sender (ODS code).");
      return ResponseEntity.badRequest().body(problem);
    }
    List<UUID> replayed = messages.replay(wanted.message(), wanted.sender(), clock.instant());
    log.info("outcome=replayed messages={}", replayed.size());
    return ResponseEntity.ok(replayed);
  }
}
