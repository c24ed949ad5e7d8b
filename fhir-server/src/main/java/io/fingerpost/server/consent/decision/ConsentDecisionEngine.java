package io.fingerpost.server.consent.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether data may be shared. A pure function of the question and the person's consents: it
 * reads no clock and no store, so every rule is a row of the table in {@code docs/consent.md}.
 *
 * <p>Silence is refusal: with nothing that decides, the answer is no. The order in which the
 * consents are given never matters.
 */
public final class ConsentDecisionEngine {
  private final String dataHolder;

  /**
   * @param dataHolder ODS code of the scheme itself
   */
  public ConsentDecisionEngine(String dataHolder) {
    if (dataHolder.isBlank()) {
      throw new IllegalArgumentException("the scheme needs its ODS code");
    }
    this.dataHolder = dataHolder;
  }

  /**
   * @param consents every consent on record of the person asked about, in any state, and of nobody
   *     else
   */
  public ShareDecision decide(ShareQuestion question, List<ConsentRecord> consents) {
    if (isOwnRecord(question)) {
      return new ShareDecision(ShareReason.OWN_RECORD, "");
    }
    ShareDecision byConsent = byConsent(question, consents);
    GrantedOverride override = question.override();
    return override != null && !byConsent.permits() && override.reaches(question)
        ? override.toDecision()
        : byConsent;
  }

  private ShareDecision byConsent(ShareQuestion question, List<ConsentRecord> consents) {
    Inquiry inquiry = new Inquiry(question, dataHolder, Set.of());
    List<Answer> answers = new ArrayList<>();
    for (ConsentRecord consent : consents) {
      if (isInUse(consent.status())) {
        inquiry.of(consent).ifPresent(answers::add);
      }
    }
    return decisive(answers)
        .map(Answer::toDecision)
        .orElseGet(() -> new NearestMiss(question, dataHolder).among(consents));
  }

  /** What others agree to for the person counts only where the person has not spoken. */
  private static Optional<Answer> decisive(List<Answer> answers) {
    Optional<Answer> best = answers.stream().max(Answer.PRECEDENCE);
    return best.filter(Answer::permits)
        .flatMap(permit -> answers.stream().filter(Answer::isOwn).max(Answer.PRECEDENCE))
        .or(() -> best);
  }

  /** Sending to someone what they sent tells them nothing; the scheme runs on what it holds. */
  private boolean isOwnRecord(ShareQuestion question) {
    String asker = question.recipient().organisation();
    return asker.equals(question.resource().origin().author())
        || (asker.equals(dataHolder) && Purposes.careOrItsRunning(question.purpose()));
  }

  private static boolean isInUse(ConsentRecord.Status status) {
    return status == ConsentRecord.Status.ACTIVE || status == ConsentRecord.Status.REJECTED;
  }
}
