package io.fingerpost.server.consent.decision;

/**
 * Whether a provision speaks of what is asked. Where it cannot be told, a permit does not reach and
 * a deny does.
 */
enum Fit {
  NO,
  PERHAPS,
  YES;

  Fit and(Fit other) {
    return values()[Math.min(ordinal(), other.ordinal())];
  }
}
