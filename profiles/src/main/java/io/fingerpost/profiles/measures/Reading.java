package io.fingerpost.profiles.measures;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What a score means.
 *
 * @param direction empty where neither holds, or where it is not published
 * @param minimalImportantChange the smallest change that matters; empty where not published
 */
public record Reading(
    Optional<Direction> direction, List<Band> bands, Optional<BigDecimal> minimalImportantChange) {

  public Reading {
    bands = List.copyOf(bands);
  }

  /** Which way people want a score to go. */
  public enum Direction {
    HIGHER_IS_BETTER,
    LOWER_IS_BETTER
  }

  /**
   * A range of scores with a name, both ends within. It says how much there is of what is measured,
   * not how well the person is.
   */
  public record Band(String code, Scale range) {}

  Optional<String> bandOf(BigDecimal value) {
    return bands.stream().filter(band -> band.range().has(value)).map(Band::code).findFirst();
  }
}
