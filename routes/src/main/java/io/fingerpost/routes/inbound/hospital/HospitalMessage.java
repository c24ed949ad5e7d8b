package io.fingerpost.routes.inbound.hospital;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.model.GenericSegment;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.ParserConfiguration;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A message as the segments that are read, wherever they stand in it. Senders put CON, NTE and Z
 * segments in places that the message structures of HL7 do not know, so HAPI parses segment by
 * segment here, without a structure and without validation.
 */
final class HospitalMessage {

  private static final Set<String> READ =
      Set.of(
          "EVN", "PID", "MRG", "RF1", "PRD", "PV1", "ORC", "OBR", "TQ1", "DG1", "NTE", "OBX",
          "CON");

  /** More than any referral has; what is built to exhaust us has more. */
  private static final int MAX_SEGMENTS = 2_000;

  private static final int MAX_DELIMITERS_IN_SEGMENT = 2_000;

  /**
   * What parsing costs grows with the square of how often a field is divided: many such segments
   * would keep us busy for long.
   */
  private static final int MAX_DIVISIONS = 20_000;

  private static final GenericModelClassFactory MODEL = new GenericModelClassFactory();
  private static final PipeParser PARSER = parser();

  private final List<Hl7Segment> segments = new ArrayList<>();

  private HospitalMessage() {}

  /**
   * @throws MessageRefused when it is not HL7 v2 or not in its declared character set
   */
  static HospitalMessage read(Hl7Header header, byte[] body) {
    if (!header.isReadable()) {
      throw malformed("MSH");
    }
    String text = Hl7Charset.decode(header.declaredCharset(), body);
    EncodingCharacters delimiters =
        new EncodingCharacters(header.separator(), header.encodingCharacters());
    Message parent = new GenericMessage.V251(MODEL);
    HospitalMessage message = new HospitalMessage();
    int from = 0;
    int read = 0;
    int headers = 0;
    long divisions = 0;
    while (from < text.length()) {
      int to = from;
      while (to < text.length() && text.charAt(to) != '\r' && text.charAt(to) != '\n') {
        to++;
      }
      String name = name(text, from, to, header.separator());
      if (name.equals("MSH") && ++headers > 1) {
        throw malformed("MSH");
      }
      if (READ.contains(name)) {
        if (++read > MAX_SEGMENTS) {
          throw malformed(name);
        }
        String line = text.substring(from, to);
        divisions += line.chars().filter(c -> divides((char) c, delimiters)).count();
        if (divisions > MAX_DIVISIONS) {
          throw malformed(name);
        }
        message.segments.add(parse(parent, name, line, delimiters));
      }
      from = to + 1;
    }
    return message;
  }

  private static String name(String text, int from, int to, char separator) {
    return to - from == 3 || (to - from > 3 && text.charAt(from + 3) == separator)
        ? text.substring(from, from + 3)
        : "";
  }

  private static Hl7Segment parse(
      Message parent, String name, String line, EncodingCharacters delimiters) {
    if (line.chars().filter(c -> isDelimiter((char) c, delimiters)).count()
        > MAX_DELIMITERS_IN_SEGMENT) {
      throw malformed(name);
    }
    try {
      GenericSegment segment = new GenericSegment(parent, name);
      PARSER.parse(segment, line, delimiters);
      return new Hl7Segment(segment);
    } catch (HL7Exception e) {
      throw malformed(name);
    }
  }

  private static boolean isDelimiter(char c, EncodingCharacters delimiters) {
    return c == delimiters.getFieldSeparator() || divides(c, delimiters);
  }

  private static boolean divides(char c, EncodingCharacters delimiters) {
    return c == delimiters.getComponentSeparator()
        || c == delimiters.getRepetitionSeparator()
        || c == delimiters.getSubcomponentSeparator();
  }

  Optional<Hl7Segment> first(String name) {
    return all(name).stream().findFirst();
  }

  List<Hl7Segment> all(String name) {
    return segments.stream().filter(segment -> segment.name().equals(name)).toList();
  }

  /** The one segment of this name that a referral has to have. */
  Hl7Segment only(String name, String remedy) {
    if (all(name).size() > 1) {
      throw MessageRefused.invalid(
          name,
          "Send only one of these: one person and one referral in each message, or in each order.");
    }
    return first(name).orElseThrow(() -> MessageRefused.missing(name, remedy));
  }

  static MessageRefused malformed(String segment) {
    return new MessageRefused(
        Code.MESSAGE_MALFORMED,
        segment,
        "This cannot be read as HL7 v2. Send one message in each frame, beginning with MSH, with"
            + " segments that end in a carriage return.");
  }

  /**
   * The parts of a message that begin with a segment of this name, each up to the next; what comes
   * before the first is in none of them.
   */
  List<HospitalMessage> partsFrom(String name) {
    List<HospitalMessage> parts = new ArrayList<>();
    for (Hl7Segment segment : segments) {
      if (segment.name().equals(name)) {
        parts.add(new HospitalMessage());
      }
      if (!parts.isEmpty()) {
        parts.get(parts.size() - 1).segments.add(segment);
      }
    }
    return parts;
  }

  private static PipeParser parser() {
    ParserConfiguration configuration = new ParserConfiguration();
    configuration.setEscaping(new Hl7Escaping());
    return new DefaultHapiContext(configuration, ValidationContextFactory.noValidation(), MODEL)
        .getPipeParser();
  }
}
