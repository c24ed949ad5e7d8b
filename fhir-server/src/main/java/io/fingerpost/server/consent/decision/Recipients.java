package io.fingerpost.server.consent.decision;

import java.util.Set;

/**
 * Whom a provision names. Naming nobody means anyone.
 *
 * @param organisations ODS codes
 * @param kinds kinds of organisation
 */
public record Recipients(Set<String> organisations, Set<String> kinds) {
  public static final Recipients ANYONE = new Recipients(Set.of(), Set.of());

  public Recipients {
    organisations = Set.copyOf(organisations);
    kinds = Set.copyOf(kinds);
  }

  boolean include(Recipient recipient) {
    return namesNobody() || name(recipient) || nameKindOf(recipient);
  }

  boolean name(Recipient recipient) {
    return organisations.contains(recipient.organisation());
  }

  boolean nameKindOf(Recipient recipient) {
    return kinds.contains(recipient.kind());
  }

  private boolean namesNobody() {
    return organisations.isEmpty() && kinds.isEmpty();
  }
}
