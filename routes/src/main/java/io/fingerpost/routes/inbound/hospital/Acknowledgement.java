package io.fingerpost.routes.inbound.hospital;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.reliability.Refusal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/**
 * The answer to a message: AA only when it is stored or held, AE for what its sender must mend, AR
 * for what is not taken and for what is our fault; CA, CE and CR where the sender asks for no more
 * than to know its message safe ({@link AcknowledgementMode}). The same message and receipt give
 * the same bytes, in the message's own version, delimiters and character set.
 *
 * <pre>
 * MSH|^~\&amp;|FINGERPOST|Z9S01|ALDHELM|Z9H01|20260303101501+0000||ACK^I12^ACK|8f14e45fceea167a5a36|P|2.5.1
 * MSA|AE|A1|NHS_NUMBER_INVALID PID-3: The NHS number is not …
 * ERR||PID^1^3|102^Data type error^HL70357|E|NHS_NUMBER_INVALID^^L||NHS_NUMBER_INVALID at PID-3|The NHS number is not …
 * </pre>
 */
final class Acknowledgement {

  static final String APPLICATION = "FINGERPOST";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmssxx").withZone(ZoneId.of("Europe/London"));
  private static final Set<String> REJECTING =
      Set.of(
          Code.SENDER_UNKNOWN.name(),
          Code.TYPE_UNSUPPORTED.name(),
          Code.VERSION_UNSUPPORTED.name(),
          Code.PROCESSING_ID_UNSUPPORTED.name(),
          Code.MESSAGE_TOO_LARGE.name());

  private static final Refusal OURS =
      new Refusal(
          "TEMPORARILY_FAILED",
          "",
          "The message could not be stored, through no fault of yours. Send it again, unchanged.");
  private static final Refusal HELD =
      new Refusal(Outcome.Held.WHY.code(), "PID-3", Outcome.Held.WHY.remedy());
  private static final Hl7Escaping ESCAPING = new Hl7Escaping();

  private final String facility;

  /**
   * @param facility ODS code of the scheme
   */
  Acknowledgement(String facility) {
    this.facility = facility;
  }

  /** No bytes at all where the sender does not want to hear of it. */
  byte[] of(Hl7Header header, Receipt receipt) {
    boolean wentWell =
        !(receipt.outcome() instanceof Outcome.Refused
            || receipt.outcome() instanceof Outcome.Failed);
    char mode = AcknowledgementMode.of(header).codeFor(wentWell);
    if (mode == AcknowledgementMode.SILENT) {
      return new byte[0];
    }
    Draft draft = new Draft(header, mode);
    draft.header(receipt);
    return receipt.outcome().told(draft);
  }

  /** One answer being written. */
  private final class Draft implements Outcome.Telling<byte[]> {
    private final Hl7Header header;
    private final char mode;
    private final EncodingCharacters delimiters;
    private final StringBuilder text = new StringBuilder();

    /**
     * @param mode A or C: the first letter of the code
     */
    Draft(Hl7Header header, char mode) {
      this.header = header;
      this.mode = mode;
      this.delimiters =
          header.isReadable()
              ? new EncodingCharacters(header.separator(), header.encodingCharacters())
              : new EncodingCharacters('|', "^~\\&");
    }

    @Override
    public byte[] stored(Outcome.Stored stored) {
      return accepted();
    }

    @Override
    public byte[] noted(Outcome.Noted noted) {
      return accepted();
    }

    private byte[] accepted() {
      segment("MSA", mode + "A", header.controlId());
      return bytes();
    }

    @Override
    public byte[] held(Outcome.Held held) {
      told(mode + "A", "W", HELD, ErrorCondition.ACCEPTED);
      return bytes();
    }

    @Override
    public byte[] refused(Outcome.Refused refused) {
      String code = mode + (REJECTING.contains(refused.refusal().code()) ? "R" : "E");
      told(code, "E", refused.refusal(), ErrorCondition.of(refused.refusal()));
      return bytes();
    }

    @Override
    public byte[] failed(Outcome.Failed failed) {
      told(mode + "R", "E", OURS, ErrorCondition.APPLICATION_ERROR);
      return bytes();
    }

    void header(Receipt receipt) {
      segment(
          "MSH",
          header.isReadable() ? header.encodingCharacters() : "^~\\&",
          APPLICATION,
          facility,
          header.field(3),
          header.field(4),
          TIME.format(receipt.receivedAt()),
          "",
          type(),
          receipt.id().toString().replace("-", "").substring(0, 20),
          header.field(11).isEmpty() ? "P" : header.field(11),
          header.field(12).isEmpty() ? "2.5.1" : header.field(12),
          "",
          "",
          "",
          "",
          "",
          header.declaredCharset());
    }

    private String type() {
      char component = delimiters.getComponentSeparator();
      String trigger = header.trigger().isEmpty() ? "" : component + header.trigger();
      boolean namesStructure = !isBefore(4) && !trigger.isEmpty();
      return "ACK" + trigger + (namesStructure ? component + "ACK" : "");
    }

    /**
     * @param severity E for an error, W for a warning: what is held is accepted
     */
    void told(String code, String severity, Refusal refusal, ErrorCondition condition) {
      String remedy = escaped(refusal.remedy());
      String place = escaped(refusal.location());
      String said = refusal.code() + (place.isEmpty() ? "" : " " + place) + ": " + remedy;
      char component = delimiters.getComponentSeparator();
      if (describesErrorsInCodes()) {
        segment("MSA", code, header.controlId(), said);
        segment(
            "ERR",
            "",
            location(refusal),
            condition.coded(component),
            severity,
            refusal.code() + component + component + "L",
            "",
            refusal.code() + (place.isEmpty() ? "" : " at " + place),
            remedy);
      } else {
        segment("MSA", code, header.controlId(), said, "", "", condition.coded(component));
        String where = location(refusal);
        String parts = "" + component + component + component;
        int given = (int) where.chars().filter(c -> c == component).count();
        segment(
            "ERR",
            where
                + parts.substring(given)
                + condition.coded(delimiters.getSubcomponentSeparator()));
      }
    }

    /** ERR has its present form since 2.5. */
    private boolean describesErrorsInCodes() {
      return !isBefore(5);
    }

    private boolean isBefore(int minor) {
      return Hl7Version.minor(header).filter(known -> known < minor).isPresent();
    }

    /** {@code PID-3} as {@code PID^1^3}; what is no place in a segment is left out. */
    private String location(Refusal refusal) {
      String place =
          refusal.code().equals(Code.MESSAGE_ID_REUSED.name()) ? "MSH-10" : refusal.location();
      char component = delimiters.getComponentSeparator();
      int dash = place.indexOf('-');
      String segment = dash < 0 ? place : place.substring(0, dash);
      if (segment.length() != 3) {
        return "";
      }
      return segment
          + component
          + "1"
          + (dash < 0 ? "" : component + place.substring(dash + 1).replace('.', component));
    }

    private String escaped(String plain) {
      return ESCAPING.escape(plain, delimiters);
    }

    void segment(String name, String... fields) {
      int last = fields.length;
      while (last > 0 && fields[last - 1].isEmpty()) {
        last--;
      }
      text.append(name);
      for (int field = 0; field < last; field++) {
        text.append(delimiters.getFieldSeparator()).append(fields[field]);
      }
      text.append('\r');
    }

    byte[] bytes() {
      return text.toString().getBytes(header.charset());
    }
  }
}
