package io.fingerpost.routes.console;

import io.fingerpost.routes.reliability.LogEntry;
import io.fingerpost.routes.reliability.MessageLog;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What waits until a person has said whom it is about, without a word about the person. Who may
 * call it is decided before it is reached: operators only.
 */
@RestController
class HeldMessagesController {

  private static final int MOST = 500;

  private final MessageLog messages;

  HeldMessagesController(MessageLog messages) {
    this.messages = messages;
  }

  /**
   * One message.
   *
   * @param message our id of it
   * @param sender ODS code
   * @param task {@code Task/<id>} to decide by
   */
  record Held(UUID message, String sender, String channel, Instant receivedAt, String task) {}

  /** Those that have waited longest first. */
  @GetMapping("/console/api/held-messages")
  List<Held> held() {
    return messages.held(MOST).stream().map(HeldMessagesController::described).toList();
  }

  private static Held described(LogEntry entry) {
    return new Held(
        entry.message().id(),
        entry.message().sender(),
        entry.message().channel(),
        entry.message().receivedAt(),
        String.valueOf(entry.reference()));
  }
}
