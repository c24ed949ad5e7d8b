package io.fingerpost.server.consent.decision;

import java.time.Instant;
import java.util.Comparator;

/**
 * What one provision says to a question.
 *
 * @param period when all the provisions on the way to this answer are in force
 */
record Answer(Provision.Type type, Specificity specificity, ConsentRecord consent, Period period) {

  /**
   * Greatest decides: the more specific, then the later, then the deny; then the person's own word
   * and the reference settle ties.
   */
  static final Comparator<Answer> PRECEDENCE =
      Comparator.comparing(Answer::specificity)
          .thenComparing(Answer::since)
          .thenComparing(Answer::type)
          .thenComparing(Answer::isOwn)
          .thenComparing(answer -> answer.consent().reference(), Comparator.reverseOrder());

  boolean permits() {
    return type == Provision.Type.PERMIT;
  }

  /** Whether the person said so. */
  boolean isOwn() {
    return consent.authority() == null;
  }

  ShareDecision toDecision() {
    return new ShareDecision(
        permits() ? ShareReason.PERMITTED : ShareReason.REFUSED, consent.reference());
  }

  private Instant since() {
    return permits() ? consent.dateTime().earliest() : consent.dateTime().latest();
  }
}
