package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Takes one row of a council's: the same row is the same message in whichever file it stands, and
 * gets its first answer again. A reference belongs to the first row with it that was not refused;
 * another row under it is refused, and one that mends a refused row is taken.
 */
final class RowReception {

  /** So many hex digits of the content's SHA-256 stand before the reference in a message id. */
  private static final int DIGITS = 32;

  private final Intake intake;
  private final KeptRows kept;
  private final String sender;
  private final Header header;

  RowReception(Intake intake, KeptRows kept, String sender, Header header) {
    this.intake = intake;
    this.kept = kept;
    this.sender = sender;
    this.header = header;
  }

  /**
   * What became of a row.
   *
   * @param messageId under which it is kept
   * @param outcome not settled where it is {@link Outcome.Failed}
   */
  record Taken(long line, CouncilRow row, String messageId, Outcome outcome) {}

  Taken take(long line, CouncilRow row) {
    byte[] body = row.toBytes();
    String reference = row.reference();
    String id = messageId(body, RequestColumns.isReference(reference) ? reference : "");
    try {
      RequestColumns.requireReference(row);
    } catch (MessageRefused refused) {
      return refuse(line, row, id, body, refused);
    }
    return kept.isTaken(sender, reference, id)
        ? refuse(line, row, id, body, reused())
        : new Taken(line, row, id, intake.receive(sender, id, body).outcome());
  }

  /** A row that could not be parted into cells is kept as it stands. */
  Taken refuse(RowText text, MessageRefused refusal) {
    byte[] body = text.text().getBytes(StandardCharsets.UTF_8);
    return refuse(text.line(), new CouncilRow(Map.of()), messageId(body, ""), body, refusal);
  }

  private Taken refuse(long line, CouncilRow row, String id, byte[] body, MessageRefused refusal) {
    return new Taken(line, row, id, intake.refuse(sender, id, body, refusal).outcome());
  }

  /** The row's line in the result; empty while it is not settled. */
  Optional<ResultRow> result(Taken taken) {
    return result(taken.line(), taken.row(), taken.outcome());
  }

  private Optional<ResultRow> result(long line, CouncilRow row, Outcome outcome) {
    if (outcome instanceof Outcome.Stored) {
      return Optional.of(ResultRow.stored(line, row));
    }
    String reference = row.reference();
    if (outcome instanceof Outcome.Held) {
      return Optional.of(ResultRow.personInDoubt(line, reference));
    }
    return outcome instanceof Outcome.Refused refused
        ? Optional.of(ResultRow.refused(line, reference, refused.refusal(), Optional.of(header)))
        : Optional.empty();
  }

  /** Asks the log again about a row that was not settled. */
  Optional<ResultRow> laterResult(Taken taken) {
    return kept.outcome(sender, taken.messageId())
        .flatMap(outcome -> result(taken.line(), taken.row(), outcome));
  }

  static String messageId(byte[] body, String reference) {
    return sha256(body).substring(0, DIGITS) + "/" + reference;
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageRefused reused() {
    return new MessageRefused(
        Code.MESSAGE_ID_REUSED,
        Field.REFERENCE.header(),
        "A referral with this reference was taken before, with other content. Give a new referral"
            + " a new reference; to change one that was taken, tell the scheme.");
  }
}
