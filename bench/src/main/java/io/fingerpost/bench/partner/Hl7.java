package io.fingerpost.bench.partner;

import java.util.regex.Pattern;

/** Looks into an HL7 v2 message. */
public final class Hl7 {

  private static final Pattern SEGMENT_END = Pattern.compile("\r\n?|\n");

  private Hl7() {}

  /**
   * A field as sent, counted as HL7 counts: {@code field(message, "MSH", 10)} is the control id;
   * empty where there is none.
   */
  public static String field(String message, String segment, int number) {
    int index = segment.equals("MSH") ? number - 1 : number;
    return SEGMENT_END
        .splitAsStream(message)
        .map(line -> line.split("\\|", -1))
        .filter(fields -> fields[0].equals(segment) && index < fields.length)
        .map(fields -> fields[index])
        .findFirst()
        .orElse("");
  }

  /** The first component of a field. */
  public static String component(String message, String segment, int number) {
    return field(message, segment, number).split("\\^", -1)[0];
  }
}
