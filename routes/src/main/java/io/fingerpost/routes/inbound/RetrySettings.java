package io.fingerpost.routes.inbound;

import io.fingerpost.routes.reliability.MessageLog;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a message that failed for our own reasons is tried again.
 *
 * @param conflicts immediate tries when another message wrote the same Patient at the same instant
 * @param attempts tries in all before an operator has to look
 * @param firstDelay wait before the second try; each later wait doubles, up to an hour
 * @param lease how long one node may work on a message before another takes it up
 */
@Validated
@ConfigurationProperties("fingerpost.inbound.retry")
public record RetrySettings(
    @DefaultValue("8") @Positive @Max(50) int conflicts,
    @DefaultValue("12") @Positive @Max(100) int attempts,
    @DefaultValue("5s") @NotNull Duration firstDelay,
    @DefaultValue("30s") @NotNull Duration lease) {

  Duration delayAfter(int attempt) {
    Duration delay = firstDelay.multipliedBy(1L << Math.min(attempt, 10));
    return delay.compareTo(MessageLog.LONGEST_WAIT) > 0 ? MessageLog.LONGEST_WAIT : delay;
  }
}
