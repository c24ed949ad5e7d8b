package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.reliability.Refusal;
import java.util.Map;

/** What HL7 table 0357 has for a refusal; our own code, which says more, stands beside it. */
enum ErrorCondition {
  ACCEPTED(0, "Message accepted"),
  SEGMENT_SEQUENCE(100, "Segment sequence error"),
  FIELD_MISSING(101, "Required field missing"),
  DATA_TYPE(102, "Data type error"),
  TYPE_UNSUPPORTED(200, "Unsupported message type"),
  PROCESSING_ID_UNSUPPORTED(202, "Unsupported processing id"),
  VERSION_UNSUPPORTED(203, "Unsupported version id"),
  UNKNOWN_KEY(204, "Unknown key identifier"),
  DUPLICATE_KEY(205, "Duplicate key identifier"),
  APPLICATION_ERROR(207, "Application internal error");

  private static final Map<String, ErrorCondition> OF_CODE =
      Map.ofEntries(
          Map.entry(Code.MESSAGE_MALFORMED.name(), SEGMENT_SEQUENCE),
          Map.entry(Code.MESSAGE_TOO_LARGE.name(), APPLICATION_ERROR),
          Map.entry(Code.SENDER_UNKNOWN.name(), UNKNOWN_KEY),
          Map.entry(Code.TYPE_UNSUPPORTED.name(), TYPE_UNSUPPORTED),
          Map.entry(Code.VERSION_UNSUPPORTED.name(), VERSION_UNSUPPORTED),
          Map.entry(Code.PROCESSING_ID_UNSUPPORTED.name(), PROCESSING_ID_UNSUPPORTED),
          Map.entry(Code.PERSON_UNIDENTIFIED.name(), FIELD_MISSING),
          Map.entry(Code.PERSON_MISMATCH.name(), UNKNOWN_KEY),
          Map.entry(Code.REFERRAL_KNOWN.name(), DUPLICATE_KEY),
          Map.entry(Code.REFERRAL_UNKNOWN.name(), UNKNOWN_KEY),
          Map.entry(Code.FIELD_MISSING.name(), FIELD_MISSING),
          Map.entry(Code.MESSAGE_ID_REUSED.name(), DUPLICATE_KEY),
          Map.entry(Code.MESSAGE_STORED_BEFORE.name(), DUPLICATE_KEY),
          Map.entry(Code.MESSAGE_DISCARDED.name(), APPLICATION_ERROR));

  private final int code;
  private final String text;

  ErrorCondition(int code, String text) {
    this.code = code;
    this.text = text;
  }

  static ErrorCondition of(Refusal refusal) {
    boolean wholeSegment = refusal.location().length() == 3;
    return refusal.code().equals(Code.FIELD_MISSING.name()) && wholeSegment
        ? SEGMENT_SEQUENCE
        : OF_CODE.getOrDefault(refusal.code(), DATA_TYPE);
  }

  /** {@code 101^Required field missing^HL70357}, between the delimiters given. */
  String coded(char delimiter) {
    return "" + code + delimiter + text + delimiter + "HL70357";
  }
}
