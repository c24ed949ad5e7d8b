package io.fingerpost.profiles.measures;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One score of one person at one time.
 *
 * @param band the measure's word for scores such as this; empty where none is published
 */
public record Score(ScoreDefinition definition, BigDecimal value, Optional<String> band) {}
