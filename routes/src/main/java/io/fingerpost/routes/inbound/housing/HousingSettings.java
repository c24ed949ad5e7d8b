package io.fingerpost.routes.inbound.housing;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What a landlord may send, and how it is put off.
 *
 * @param maxSize of a referral; a larger one is refused unread
 * @param retryAfter what a landlord is told to wait when the fault is ours
 */
@Validated
@ConfigurationProperties("fingerpost.housing")
public record HousingSettings(
    @DefaultValue("128KB") @NotNull DataSize maxSize,
    @DefaultValue("30s") @NotNull Duration retryAfter) {

  public HousingSettings {
    if (maxSize.toBytes() < 1024 || maxSize.toBytes() > 10L * 1024 * 1024) {
      throw new IllegalArgumentException("fingerpost.housing.max-size must be 1KB to 10MB");
    }
    if (retryAfter.toSeconds() < 1) {
      throw new IllegalArgumentException("fingerpost.housing.retry-after must be 1s or more");
    }
  }
}
