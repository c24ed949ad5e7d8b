package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageTime;
import io.fingerpost.routes.reliability.KeptMessage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a message was written: EVN-2, when the event was recorded, else MSH-7. A message that
 * changes something needs such a time, or it could undo what is newer; one from next week would
 * keep all that is said until then from counting.
 */
final class SaidAt {

  /** More than clocks differ and time zones are mistaken. */
  private static final Duration MOST_AHEAD = Duration.ofHours(24);

  private SaidAt() {}

  /**
   * @param evn null where there is none
   */
  static MessageTime of(@Nullable Hl7Segment evn, Hl7Header header, KeptMessage message) {
    Optional<String> recorded = evn == null ? Optional.empty() : evn.text(2);
    String location = recorded.isPresent() ? "EVN-2" : "MSH-7";
    String text = recorded.orElse(header.time());
    if (text.isEmpty()) {
      throw MessageRefused.missing(
          location, "Say when the message was written: what is older must not undo what is newer.");
    }
    MessageTime said =
        Hl7Time.parse(text)
            .flatMap(Hl7Time::toMessageTime)
            .orElseThrow(
                () ->
                    MessageRefused.invalid(
                        location,
                        "Send the time the message was written at, to the second, as"
                            + " YYYYMMDDHHMMSS."));
    if (isAhead(said, message)) {
      throw MessageRefused.invalid(
          location, "This time has not come yet. Check the clock of the system that wrote it.");
    }
    return said;
  }

  /** For a new referral, which undoes nothing: where the header has a usable time. */
  static Optional<MessageTime> ifKnown(Hl7Header header, KeptMessage message) {
    return Hl7Time.parse(header.time())
        .flatMap(Hl7Time::toMessageTime)
        .filter(said -> !isAhead(said, message));
  }

  private static boolean isAhead(MessageTime said, KeptMessage message) {
    return said.earliest().isAfter(message.receivedAt().plus(MOST_AHEAD));
  }
}
