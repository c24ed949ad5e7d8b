package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.reliability.Refusal;
import java.util.Optional;

/**
 * What a council is told of a row.
 *
 * @param line on which it begins in the file; 0 for the file as a whole
 * @param reference the council's
 * @param code why it is held or refused; empty where it is accepted
 */
record ResultRow(long line, String reference, Word word, String code, String whatToDo) {

  private static final String OURS =
      "The scheme has this row and is working on it. There is nothing to do; send the file again"
          + " later to hear what became of it.";

  /** The three things that may become of a row. */
  enum Word {
    ACCEPTED,
    HELD,
    REFUSED
  }

  /** Of a row that stands in the store; whether it is held, it says itself. */
  static ResultRow stored(long line, CouncilRow row) {
    String reference = row.reference();
    return ConsentColumns.isActive(row)
        ? new ResultRow(line, reference, Word.ACCEPTED, "", "")
        : new ResultRow(
            line,
            reference,
            Word.HELD,
            MessageRefused.Code.CONSENT_MISSING.name(),
            ConsentColumns.remedy(row));
  }

  /** Of a row that waits until a person at the scheme has decided whom it is about. */
  static ResultRow personInDoubt(long line, String reference) {
    Refusal why = Outcome.Held.WHY;
    return new ResultRow(line, reference, Word.HELD, why.code(), why.remedy());
  }

  static ResultRow refused(long line, String reference, Refusal refusal, Optional<Header> header) {
    String where = header.map(it -> it.inTheirWords(refusal.location())).orElse(refusal.location());
    String told =
        Field.named(refusal.location()).isPresent()
            ? where + ": " + refusal.remedy()
            : refusal.remedy();
    return new ResultRow(line, reference, Word.REFUSED, refusal.code(), told);
  }

  /** Kept and not settled when the council has to be told something. */
  static ResultRow unsettled(long line, String reference) {
    return new ResultRow(line, reference, Word.HELD, "TEMPORARILY_FAILED", OURS);
  }
}
