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
  private final Inquiry unlabelledAtAnyTime;

  NearestMiss(ShareQuestion question, String dataHolder) {
    this.question = question;
    this.unlabelled = new Inquiry(question, dataHolder, Set.of(Inquiry.Obstacle.LABELS));
    this.unlabelledAtAnyTime =
        new Inquiry(question, dataHolder, Set.of(Inquiry.Obstacle.LABELS, Inquiry.Obstacle.PERIOD));
  }

  ShareDecision among(List<ConsentRecord> consents) {
    return latest(consents, this::heldBackByLabel)
        .or(() -> latest(consents, this::withdrawnOrOutOfTime))
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

  private Optional<Miss> withdrawnOrOutOfTime(ConsentRecord consent) {
    Optional<Answer> answer = unlabelledAtAnyTime.of(consent);
    return switch (consent.status()) {
      // Its period does not matter: a withdrawal often ends it too.
      case INACTIVE ->
          answer.isPresent() || saysNothing(consent)
              ? Optional.of(new Miss(ShareReason.WITHDRAWN, consent))
              : Optional.empty();
      case ACTIVE -> answer.filter(Answer::permits).map(permit -> outOfTime(permit, consent));
      default -> Optional.empty();
    };
  }

  private static boolean saysNothing(ConsentRecord consent) {
    return consent.provision() == null && consent.implied() == null;
  }

  private Miss outOfTime(Answer permit, ConsentRecord consent) {
    boolean early = question.at().isBefore(permit.period().start());
    return new Miss(early ? ShareReason.NOT_YET : ShareReason.EXPIRED, consent);
  }

  private static Optional<Miss> latest(
      List<ConsentRecord> consents, Function<ConsentRecord, Optional<Miss>> reason) {
    return consents.stream().flatMap(consent -> reason.apply(consent).stream()).max(LATEST);
  }

  private record Miss(ShareReason reason, ConsentRecord consent) {}
}
