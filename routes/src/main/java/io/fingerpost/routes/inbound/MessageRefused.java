package io.fingerpost.routes.inbound;

import io.fingerpost.routes.reliability.Refusal;

/**
 * A message that cannot be accepted as it stands: the sender's to mend, never retried. It says
 * what, where and what to do, and carries no value from the message, so it is safe in a log, a
 * reply and a file.
 */
public final class MessageRefused extends RuntimeException {

  /** The stable codes of refusals; documented in {@code docs/connecting-a-sender.md}. */
  public enum Code {
    MESSAGE_MALFORMED,
    MESSAGE_TOO_LARGE,
    CHARSET_UNSUPPORTED,
    SENDER_UNKNOWN,
    SENDER_MISMATCH,
    VERSION_UNSUPPORTED,
    TYPE_UNSUPPORTED,
    PROCESSING_ID_UNSUPPORTED,
    HEADER_MISSING,
    EVENT_UNKNOWN,
    REASON_UNSUPPORTED,
    CONSENT_MISSING,
    REFERENCE_DANGLING,
    NHS_NUMBER_INVALID,
    PERSON_UNIDENTIFIED,
    PERSON_MISMATCH,
    REFERRAL_KNOWN,
    REFERRAL_UNKNOWN,
    REFERRAL_CANCELLED,
    REFERRAL_MOVE_ILLEGAL,
    FIELD_MISSING,
    FIELD_INVALID,
    PROFILE_VIOLATED,
    MESSAGE_ID_REUSED,
    DECRYPTION_FAILED,
    SIGNATURE_INVALID,
    /** An operator set it aside. */
    MESSAGE_DISCARDED,
    /** Of an edited message: what it was edited from was stored meanwhile. */
    MESSAGE_STORED_BEFORE
  }

  private static final long serialVersionUID = 1L;

  private final Code code;
  private final String location;
  private final String remedy;

  public MessageRefused(Code code, String location, String remedy) {
    super(code + " " + location + ": " + remedy);
    this.code = code;
    this.location = location;
    this.remedy = remedy;
  }

  MessageRefused(Refusal refusal) {
    this(Code.valueOf(refusal.code()), refusal.location(), refusal.remedy());
  }

  public static MessageRefused missing(String location, String remedy) {
    return new MessageRefused(Code.FIELD_MISSING, location, remedy);
  }

  public static MessageRefused invalid(String location, String remedy) {
    return new MessageRefused(Code.FIELD_INVALID, location, remedy);
  }

  public Refusal refusal() {
    return new Refusal(code.name(), location, remedy);
  }

  public Code code() {
    return code;
  }

  /**
   * Where in the message, in the words of its own format: {@code PID-3}, {@code
   * MessageHeader.eventCoding}.
   */
  public String location() {
    return location;
  }

  /** What the sender can do about it: one or two plain sentences. */
  public String remedy() {
    return remedy;
  }
}
