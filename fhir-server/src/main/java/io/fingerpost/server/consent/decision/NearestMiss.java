package io.fingerpost.server.consent.decision;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the most helpful reason for a no that nothing decided. A label that no consent in force
 * names comes first; else the latest consent that once would have done, or will, tells.
 */
final class NearestMiss {
  private static final Comparator<Miss> LATEST =
      Comparator.<Miss, Instant>comparing(miss -> miss.consent().dateTime().latest())
          .thenComparing(miss -> miss.consent().reference(), Comparator.reverseOrder());

  private final ShareQuestion question;
  private final Inquiry unlabelled;
  private final Inquiry unhindered;

  NearestMiss(ShareQuestion question, String dataHolder) {
    this.question = question;
    this.unlabelled = new Inquiry(question, dataHolder, Set.of(Inquiry.Obstacle.LABELS));
    this.unhindered = new Inquiry(question, dataHolder, Set.of(Inquiry.Obstacle.values()));
  }

  ShareDecision among(List<ConsentRecord> consents) {
    return latest(consents, this::heldBackByLabel)
        .or(() -> latest(consents, this::noLongerOrNotYet))
        .map(miss -> new ShareDecision(miss.reason(), miss.consent().reference()))
        .orElseGet(() -> new ShareDecision(withoutBasis(consents), ""));
  }

  private static ShareReason withoutBasis(List<ConsentRecord> consents) {
    return consents.stream().anyMatch(consent -> consent.status().counts())
        ? ShareReason.NOT_COVERED
        : ShareReason.NO_CONSENT_ON_RECORD;
  }

  private Optional<Miss> heldBackByLabel(ConsentRecord consent) {
    return consent.status() == ConsentRecord.Status.ACTIVE
        ? unlabelled
            .of(consent)
            .filter(Answer::permits)
            .map(answer -> new Miss(ShareReason.LABELLED, consent))
        : Optional.empty();
  }

  private Optional<Miss> noLongerOrNotYet(ConsentRecord consent) {
    Optional<Answer> answer = unhindered.of(consent);
    return switch (consent.status()) {
      // Its period does not matter: a withdrawal often ends it too.
      case INACTIVE ->
          answer.isPresent() || saysNothing(consent)
              ? Optional.of(new Miss(ShareReason.WITHDRAWN, consent))
              : Optional.empty();
      case ACTIVE -> answer.filter(Answer::permits).map(permit -> outOfForce(permit, consent));
      default -> Optional.empty();
    };
  }

  private static boolean saysNothing(ConsentRecord consent) {
    return consent.provision() == null && consent.implied() == null;
  }

  private Miss outOfForce(Answer permit, ConsentRecord consent) {
    Period period = permit.period();
    if (period.contains(question.at())) {
      return new Miss(ShareReason.NO_AUTHORITY, consent);
    }
    boolean early = question.at().isBefore(period.start());
    return new Miss(early ? ShareReason.NOT_YET : ShareReason.EXPIRED, consent);
  }

  private static Optional<Miss> latest(
      List<ConsentRecord> consents, Function<ConsentRecord, Optional<Miss>> reason) {
    return consents.stream().flatMap(consent -> reason.apply(consent).stream()).max(LATEST);
  }

  private record Miss(ShareReason reason, ConsentRecord consent) {}
}
