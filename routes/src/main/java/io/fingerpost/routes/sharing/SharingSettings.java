package io.fingerpost.routes.sharing;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How partners are told.
 *
 * @param firstDelay wait after the first failed try; each later wait doubles
 * @param longestDelay no wait is longer
 * @param giveUpAfter when an operator has to look instead
 * @param lease how long one node may take over one delivery
 */
@Validated
@ConfigurationProperties("fingerpost.sharing")
record SharingSettings(
    @DefaultValue("2s") @NotNull Duration firstDelay,
    @DefaultValue("30m") @NotNull Duration longestDelay,
    @DefaultValue("5d") @NotNull Duration giveUpAfter,
    @DefaultValue("2m") @NotNull Duration lease) {

  Duration delayAfter(int attempt) {
    Duration delay = firstDelay.multipliedBy(1L << Math.min(attempt, 20));
    return delay.compareTo(longestDelay) > 0 ? longestDelay : delay;
  }
}
