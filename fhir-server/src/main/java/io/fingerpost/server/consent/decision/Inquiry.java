package io.fingerpost.server.consent.decision;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a question to one consent at a time. The answer is that of the deepest provision which
 * speaks of what is asked; where several exceptions do, the one that takes precedence.
 *
 * @param overlooked what is not held against a permit, to find out what stood in its way
 */
record Inquiry(ShareQuestion question, String dataHolder, Set<Obstacle> overlooked) {

  /** What can stand between a permit and a question it otherwise covers. */
  enum Obstacle {
    LABELS,
    PERIOD,
    AUTHORITY
  }

  /** What a consent says; empty when it says nothing to this question. */
  Optional<Answer> of(ConsentRecord consent) {
    Provision root = consent.provision();
    if (consent.status() == ConsentRecord.Status.REJECTED) {
      Provision refused =
          root == null
              ? new Provision(Provision.Type.DENY, true, Scope.EVERYTHING, List.of())
              : root.refused();
      return answer(consent, refused, Path.ROOT);
    }
    if (root != null) {
      return answer(consent, root, Path.ROOT);
    }
    return consent.implied() == null
        ? Optional.empty()
        : own(consent, Provision.Type.PERMIT, Path.ROOT);
  }

  private Optional<Answer> answer(ConsentRecord consent, Provision provision, Path above) {
    Optional<Path> path = above.into(provision, question).filter(this::inForce);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    return provision.exceptions().stream()
        .flatMap(exception -> answer(consent, exception, path.get()).stream())
        .max(Answer.PRECEDENCE)
        .or(() -> own(consent, provision.type(), path.get()));
  }

  private boolean inForce(Path path) {
    return overlooked.contains(Obstacle.PERIOD) || path.period().contains(question.at());
  }

  /** What a provision says itself. A permit that does not reach leaves the word to its parent. */
  private Optional<Answer> own(ConsentRecord consent, Provision.Type type, Path path) {
    if (type == Provision.Type.DENY) {
      Specificity specificity = path.readable() ? path.specificity() : Specificity.UNREADABLE;
      return Optional.of(new Answer(type, specificity, consent, path.period()));
    }
    if (!path.readable()
        || !path.exact()
        || !isGivenByRight(consent)
        || !reachesPurpose(consent, path)
        || !reachesLabels(path)) {
      return Optional.empty();
    }
    ConsentRecord.Implied implied = consent.implied();
    if (implied == null) {
      return Optional.of(new Answer(type, path.specificity(), consent, path.period()));
    }
    return implies(implied)
        ? Optional.of(new Answer(type, Specificity.INFERRED, consent, path.period()))
        : Optional.empty();
  }

  private boolean isGivenByRight(ConsentRecord consent) {
    Authority authority = consent.authority();
    return authority == null
        || overlooked.contains(Obstacle.AUTHORITY)
        || authority.covers(question.at(), consent);
  }

  /** Consent to care is no consent to research or planning: those must be named. */
  private boolean reachesPurpose(ConsentRecord consent, Path path) {
    Authority authority = consent.authority();
    return (path.purposeNamed() || Purposes.careOrItsRunning(question.purpose()))
        && (authority == null || authority.reaches(question.purpose()));
  }

  private boolean reachesLabels(Path path) {
    return overlooked.contains(Obstacle.LABELS)
        || Labels.coveredBy(path.labels(), question.resource());
  }

  private boolean implies(ConsentRecord.Implied implied) {
    return Purposes.directCare(question.purpose())
        && isSenderOrScheme(implied, question.recipient().organisation())
        && isSenderOrScheme(implied, question.resource().origin().author());
  }

  private boolean isSenderOrScheme(ConsentRecord.Implied implied, @Nullable String organisation) {
    return organisation != null
        && (organisation.equals(implied.sender()) || organisation.equals(dataHolder));
  }
}
