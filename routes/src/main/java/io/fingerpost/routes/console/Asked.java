package io.fingerpost.routes.console;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asked for, read strictly: a misspelt word that is quietly ignored would mean
 * more messages than were meant.
 */
final class Asked {

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final int SHORTEST_REASON = 10;
  private static final int LONGEST_REASON = 1000;

  private Asked() {}

  static <T> T read(byte[] json, Class<T> type, String keys) {
    try {
      T read = STRICT.readValue(json, type);
      if (read != null) {
        return read;
      }
    } catch (IOException unreadable) {
      // Its text quotes what was sent.
    }
    throw Problem.badRequest("REQUEST_UNCLEAR", "Send JSON with nothing but: " + keys + ".");
  }

  static UUID id(String written) {
    try {
      return UUID.fromString(written);
    } catch (IllegalArgumentException none) {
      throw Problem.badRequest("ID_INVALID", "Give the id as the list shows it, a UUID.");
    }
  }

  /** An instant with its offset, or a day, which begins in London. */
  static @Nullable Instant time(@Nullable String written, String name) {
    if (written == null) {
      return null;
    }
    try {
      return written.length() == 10
          ? LocalDate.parse(written).atStartOfDay(LONDON).toInstant()
          : OffsetDateTime.parse(written).toInstant();
    } catch (DateTimeException unreadable) {
      throw Problem.badRequest(
          "TIME_INVALID", "Write " + name + " as 2026-03-01 or 2026-03-01T10:15:00Z.");
    }
  }

  static String reason(@Nullable String stated) {
    String reason = stated == null ? "" : stated.strip();
    if (reason.length() < SHORTEST_REASON || reason.length() > LONGEST_REASON) {
      throw Problem.badRequest(
          "REASON_MISSING", "Say in reason why, in 10 to 1000 characters; it is put on record.");
    }
    return reason;
  }

  static byte[] body(@Nullable String base64) {
    try {
      byte[] body = Base64.getDecoder().decode(base64 == null ? "" : base64);
      if (body.length > 0) {
        return body;
      }
    } catch (IllegalArgumentException noBase64) {
      // Said below.
    }
    throw Problem.badRequest("BODY_MISSING", "Send the whole message in body, in base64.");
  }
}
