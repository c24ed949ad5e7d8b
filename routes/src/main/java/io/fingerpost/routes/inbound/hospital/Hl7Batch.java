package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Several messages in one frame, between a batch's header and its trailer, with or without a file's
 * around them (HL7 v2.5.1, 2.10.3). Only a whole one is worked on: without its trailer nobody knows
 * whether the last message is.
 *
 * <pre>
 * FHS|^~\&amp;|ALDHELM|Z9H01
 * BHS|^~\&amp;|ALDHELM|Z9H01|FINGERPOST|Z9S01|20260303101500||||B1
 * MSH|…
 * MSH|…
 * BTS|2
 * FTS|1
 * </pre>
 *
 * @param messages each as it was sent
 */
record Hl7Batch(List<byte[]> messages) {

  /** Whether a body begins as a batch does. */
  static boolean isOne(byte[] body) {
    int start = Hl7Header.start(body);
    String name = segmentName(body, start);
    return name.equals("FHS") || name.equals("BHS");
  }

  /**
   * @throws MessageRefused when it is not whole
   */
  static Hl7Batch read(byte[] body) {
    Lines lines = new Lines(body);
    List<byte[]> messages = new ArrayList<>();
    int begun = -1;
    int counted = 0;
    boolean isInBatch = false;
    boolean isFile = false;
    boolean isOver = false;
    while (lines.next()) {
      String name = segmentName(body, lines.from);
      boolean isFrame =
          name.equals("FHS") || name.equals("BHS") || name.equals("BTS") || name.equals("FTS");
      if ((isFrame || name.equals("MSH")) && begun >= 0) {
        messages.add(Arrays.copyOfRange(body, begun, lines.from));
        begun = -1;
      }
      switch (name) {
        case "FHS" -> isFile = true;
        case "BHS" -> {
          require(!isInBatch && !isOver, "BHS");
          isInBatch = true;
        }
        case "MSH" -> {
          require(isInBatch || (isFile && !isOver), "BHS");
          begun = lines.from;
        }
        case "BTS" -> {
          require(isInBatch, "BTS");
          requireCount(lines.field(1), messages.size() - counted, "BTS-1");
          counted = messages.size();
          isInBatch = false;
        }
        case "FTS" -> isOver = true;
        default -> {}
      }
    }
    require(!isInBatch && begun < 0, "BTS");
    require(isOver || !isFile, "FTS");
    require(!messages.isEmpty(), "MSH");
    return new Hl7Batch(List.copyOf(messages));
  }

  private static void require(boolean whole, String location) {
    if (!whole) {
      throw broken(location);
    }
  }

  private static void requireCount(String sent, int found, String location) {
    String digits = sent.strip();
    if (!digits.isEmpty() && !digits.equals(String.valueOf(found))) {
      throw broken(location);
    }
  }

  private static MessageRefused broken(String location) {
    return new MessageRefused(
        Code.MESSAGE_MALFORMED,
        location,
        "The batch is not whole, and nothing of it was taken. Send BHS, the messages, and BTS with"
            + " their number; around them FHS and FTS, or neither.");
  }

  private static String segmentName(byte[] body, int from) {
    return from + 3 <= body.length ? new String(body, from, 3, StandardCharsets.ISO_8859_1) : "";
  }

  /** The segments of a body, one after another. */
  private static final class Lines {
    private final byte[] body;
    private int from;
    private int to;

    Lines(byte[] body) {
      this.body = body;
      this.to = Hl7Header.start(body);
    }

    boolean next() {
      from = to;
      while (from < body.length && (body[from] == '\r' || body[from] == '\n')) {
        from++;
      }
      to = from;
      while (to < body.length && body[to] != '\r' && body[to] != '\n') {
        to++;
      }
      return from < body.length;
    }

    /** Of a trailer, whose separator is what follows its name. */
    String field(int number) {
      String line = new String(body, from, to - from, StandardCharsets.ISO_8859_1);
      if (line.length() < 4) {
        return "";
      }
      String[] fields = line.split(Pattern.quote(line.substring(3, 4)), -1);
      return number < fields.length ? fields[number] : "";
    }
  }
}
