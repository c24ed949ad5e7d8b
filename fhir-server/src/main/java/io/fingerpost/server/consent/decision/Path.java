package io.fingerpost.server.consent.decision;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What has been read on the way from the root of a consent down to one of its provisions.
 *
 * @param labels every label named on the way
 * @param purposeNamed whether the purpose asked for was named on the way
 * @param exact whether no step matched the purpose by a broader one
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
    boolean named = scope.purposes().contains(question.purpose());
    // Refusing treatment refuses every kind of treatment; allowing it allows only what was said.
    boolean purposeHolds =
        scope.purposes().isEmpty()
            || named
            || (provision.type() == Provision.Type.DENY
                && Purposes.namedOrBroader(scope.purposes(), question.purpose()));
    if (!purposeHolds
        || !scope.recipients().include(question.recipient())
        || !scope.holdsFor(question.resource())) {
      return Optional.empty();
    }
    Set<String> allLabels = new HashSet<>(labels);
    allLabels.addAll(scope.labels());
    return Optional.of(
        new Path(
            specificity.narrowedBy(scope, question.recipient()),
            allLabels,
            period.within(scope.period()),
            purposeNamed || named,
            exact && (scope.purposes().isEmpty() || named),
            readable && provision.readable()));
  }
}
