package io.fingerpost.routes.console;

import io.fingerpost.routes.reliability.MessageLog;
import io.fingerpost.routes.reliability.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
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
 * Puts back to work what failed, as it was: messages received, and what partners were to be told. A
 * message is stored once however often it is replayed, and what is told carries the id it had. Who
 * may call it is decided before it is reached: operators only.
 */
@RestController
class ReplayController {

  private static final Logger log = LoggerFactory.getLogger(ReplayController.class);

  private final MessageLog messages;
  private final Outbox outbox;
  private final Clock clock;

  ReplayController(MessageLog messages, Outbox outbox, Clock clock) {
    this.messages = messages;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * One of the four, so that nothing is replayed by leaving something out.
   *
   * @param failed everything that failed, received or owed
   * @param message one message, by our id
   * @param sender the messages of one sender, by its ODS code
   * @param share one thing owed to a partner, by its id
   */
  record Replay(
      @Nullable Boolean failed,
      @Nullable UUID message,
      @Nullable String sender,
      @Nullable UUID share) {

    boolean namesOne() {
      return Stream.of(Boolean.TRUE.equals(failed), message != null, sender != null, share != null)
              .filter(Boolean::booleanValue)
              .count()
          == 1;
    }

    boolean wantsMessages() {
      return share == null;
    }

    boolean wantsShares() {
      return message == null && sender == null;
    }
  }

  @PostMapping("/console/api/replay")
  ResponseEntity<?> replay(@RequestBody Replay wanted) {
    if (!wanted.namesOne()) {
      ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.BAD_REQUEST);
      problem.setTitle("REPLAY_UNCLEAR");
      problem.setDetail("Name one of: failed (true), message (id), sender (ODS code), share (id).");
      return ResponseEntity.badRequest().body(problem);
    }
    Instant now = clock.instant();
    List<UUID> received =
        wanted.wantsMessages()
            ? messages.replay(wanted.message(), wanted.sender(), now)
            : List.of();
    List<UUID> owed = wanted.wantsShares() ? outbox.replay(wanted.share(), now) : List.of();
    log.info("outcome=replayed messages={} shares={}", received.size(), owed.size());
    return ResponseEntity.ok(
        Stream.concat(
                received.stream().map(id -> Map.of("message", id)),
                owed.stream().map(id -> Map.of("share", id)))
            .toList());
  }
}
