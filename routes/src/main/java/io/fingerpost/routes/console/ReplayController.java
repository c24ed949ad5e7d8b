package io.fingerpost.routes.console;

import io.fingerpost.routes.reliability.MessageLog;
import io.fingerpost.routes.reliability.Outbox;
import io.fingerpost.routes.reliability.Selection;
import io.fingerpost.routes.store.OperatorActs.Kind;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private final Operator operator;
  private final Clock clock;

  ReplayController(MessageLog messages, Outbox outbox, Operator operator, Clock clock) {
    this.messages = messages;
    this.outbox = outbox;
    this.operator = operator;
    this.clock = clock;
  }

  /**
   * One of the first four, so that nothing is replayed by leaving something out; or a time alone.
   *
   * @param failed everything that failed, received or owed
   * @param message one message, by our id
   * @param sender the messages of one sender, by its ODS code
   * @param share one thing owed to a partner, by its id
   * @param since of what failed, or of a sender's messages, those received or owed then or later
   * @param until those before
   */
  record Replay(
      @Nullable Boolean failed,
      @Nullable String message,
      @Nullable String sender,
      @Nullable String share,
      @Nullable String since,
      @Nullable String until) {

    boolean isClear() {
      long named =
          Stream.of(Boolean.TRUE.equals(failed), message != null, sender != null, share != null)
              .filter(Boolean::booleanValue)
              .count();
      boolean byTime = since != null || until != null;
      return byTime ? named <= 1 && message == null && share == null : named == 1;
    }

    boolean wantsMessages() {
      return share == null;
    }

    boolean wantsShares() {
      return message == null && sender == null;
    }

    Selection selection() {
      String id = message == null ? share : message;
      return new Selection(
          id == null ? null : Asked.id(id),
          sender,
          Asked.time(since, "since"),
          Asked.time(until, "until"));
    }
  }

  @PostMapping("/console/api/replay")
  List<Map<String, UUID>> replay(@RequestBody byte[] request, Principal who) {
    Replay wanted =
        Asked.read(request, Replay.class, "failed, message, sender, share, since, until");
    if (!wanted.isClear()) {
      throw Problem.badRequest(
          "REPLAY_UNCLEAR",
          "Name one of: failed (true), message (id), sender (ODS code), share (id); since and until"
              + " may stand alone, or narrow failed or sender.");
    }
    Selection selection = wanted.selection();
    operator.isAboutTo(Kind.MESSAGE_REPLAYED, who, MessagesController.words(selection), null, null);
    Instant now = clock.instant();
    List<UUID> received = wanted.wantsMessages() ? messages.replay(selection, now) : List.of();
    List<UUID> owed = wanted.wantsShares() ? outbox.replay(selection, now) : List.of();
    log.info("outcome=replayed messages={} shares={}", received.size(), owed.size());
    return Stream.concat(
            received.stream().map(id -> Map.of("message", id)),
            owed.stream().map(id -> Map.of("share", id)))
        .toList();
  }
}
