package io.fingerpost.server.consent.decision;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What has been read on the way from the root of a consent down to one of its provisions.
 *
 * @param labels every label named on the way
 * @param purposeNamed whether the purpose asked for was named on the way
 * @param exact whether every step certainly speaks of what is asked, and by no broader purpose
 */
record Path(
    Specificity specificity,
    Set<String> labels,
    Period period,
    boolean purposeNamed,
    boolean exact,
    boolean readable) {
  static final Path ROOT = new Path(Specificity.ANYONE, Set.of(), Period.ALWAYS, false, true, true);

  /** One step down; empty when the provision does not speak of what is asked. */
  Optional<Path> into(Provision provision, ShareQuestion question) {
    Scope scope = provision.scope();
    if (!scope.recipients().include(question.recipient())) {
      return Optional.empty();
    }
    Fit fit = purpose(provision, question).and(scope.content().fit(question.resource()));
    if (fit == Fit.NO) {
      return Optional.empty();
    }
    Set<String> allLabels = new HashSet<>(labels);
    allLabels.addAll(scope.content().labels());
    return Optional.of(
        new Path(
            specificity.narrowedBy(scope, question),
            allLabels,
            period.within(scope.period()),
            purposeNamed || scope.purposes().contains(question.purpose()),
            exact && fit == Fit.YES,
            readable && provision.readable()));
  }

  /** Refusing treatment refuses every kind of treatment; allowing it allows only what was said. */
  private static Fit purpose(Provision provision, ShareQuestion question) {
    Set<String> named = provision.scope().purposes();
    if (named.isEmpty() || named.contains(question.purpose())) {
      return Fit.YES;
    }
    return provision.type() == Provision.Type.DENY
            && Purposes.namedOrBroader(named, question.purpose())
        ? Fit.PERHAPS
        : Fit.NO;
  }
}
