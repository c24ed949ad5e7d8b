package io.fingerpost.server.consent.decision;

import java.util.Comparator;
import java.util.function.BinaryOperator;

/**
 * Whether a provision speaks of what is asked. Where it cannot be told, a permit does not reach and
 * a deny does.
 */
enum Fit {
  NO,
  PERHAPS,
  YES;

  private static final BinaryOperator<Fit> LOWER = BinaryOperator.minBy(Comparator.naturalOrder());

  Fit and(Fit other) {
    return LOWER.apply(this, other);
  }
}
