package io.fingerpost.routes.inbound.hospital;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The MSH segment of a message, read without judging it, so that even a message nobody can read
 * gets an answer its sender can match. What is not there is the empty string.
 *
 * <pre>MSH|^~\&amp;|ALDHELM|Z9H01|FINGERPOST|Z9S01|20260303101500||REF^I12^REF_I12|A1|P|2.4|||AL
 * </pre>
 */
final class Hl7Header {

  private static final String USUAL_ENCODING = "^~\\&";

  private final char separator;
  private final List<String> fields;
  private final Charset charset;

  private Hl7Header(char separator, List<String> fields, Charset charset) {
    this.separator = separator;
    this.fields = fields;
    this.charset = charset;
  }

  /** Reads the first segment; a body that does not begin with one gives an unreadable header. */
  static Hl7Header read(byte[] body) {
    int start = start(body);
    int end = start;
    while (end < body.length && body[end] != '\r' && body[end] != '\n') {
      end++;
    }
    Hl7Header plain = of(new String(body, start, end - start, StandardCharsets.ISO_8859_1));
    Charset charset = Hl7Charset.answering(plain.declaredCharset(), body);
    String segment = new String(body, start, end - start, charset);
    return new Hl7Header(plain.separator, split(segment, plain.separator), charset);
  }

  private static Hl7Header of(String segment) {
    char separator = segment.length() > 4 && segment.startsWith("MSH") ? segment.charAt(3) : '|';
    return new Hl7Header(separator, split(segment, separator), StandardCharsets.ISO_8859_1);
  }

  /** Some senders begin with a byte order mark or an empty line. */
  static int start(byte[] body) {
    int start = 0;
    if (body.length > 3
        && (body[0] & 0xff) == 0xef
        && (body[1] & 0xff) == 0xbb
        && (body[2] & 0xff) == 0xbf) {
      start = 3;
    }
    while (start < body.length && (body[start] == '\r' || body[start] == '\n')) {
      start++;
    }
    return start;
  }

  /** Whether this is an MSH segment whose delimiters can be used. */
  boolean isReadable() {
    return field(1).equals("MSH") && delimitersAreDistinct();
  }

  private boolean delimitersAreDistinct() {
    String all = separator + encodingCharacters();
    return !field(2).isEmpty()
        && all.chars().noneMatch(c -> c <= ' ' || c > '~' || Character.isLetterOrDigit(c))
        && all.chars().distinct().count() == all.length();
  }

  char separator() {
    return separator;
  }

  /** MSH-2; what a sender leaves out at its end stands as HL7 recommends it. */
  String encodingCharacters() {
    String sent = field(2);
    return sent.length() >= USUAL_ENCODING.length()
        ? sent.substring(0, USUAL_ENCODING.length())
        : sent + USUAL_ENCODING.substring(sent.length());
  }

  String application() {
    return component(3, 1);
  }

  String facility() {
    return component(4, 1);
  }

  String time() {
    return component(7, 1);
  }

  String type() {
    return component(9, 1);
  }

  String trigger() {
    return component(9, 2);
  }

  String controlId() {
    return field(10).strip();
  }

  String processingId() {
    return component(11, 1);
  }

  String version() {
    return component(12, 1);
  }

  /** MSH-15: when the sender wants to be told that its message is safe. */
  String acceptAcknowledgement() {
    return component(15, 1);
  }

  /** MSH-16: when the sender wants to be told what became of its message. */
  String applicationAcknowledgement() {
    return component(16, 1);
  }

  /** The first repetition of MSH-18: what the message is written in. */
  String declaredCharset() {
    String declared = field(18);
    int end = declared.indexOf(encodingCharacters().charAt(1));
    return (end < 0 ? declared : declared.substring(0, end)).strip();
  }

  /** What the message is answered in. */
  Charset charset() {
    return charset;
  }

  /** A whole field as it was sent; {@code field(1)} is the segment's name. */
  String field(int number) {
    return number <= fields.size() ? fields.get(number - 1) : "";
  }

  private String component(int number, int position) {
    List<String> components = split(field(number), encodingCharacters().charAt(0));
    return position <= components.size() ? components.get(position - 1).strip() : "";
  }

  private static List<String> split(String text, char delimiter) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int to = text.indexOf(delimiter); to >= 0; to = text.indexOf(delimiter, from)) {
      parts.add(text.substring(from, to));
      from = to + 1;
    }
    parts.add(text.substring(from));
    return parts;
  }
}
