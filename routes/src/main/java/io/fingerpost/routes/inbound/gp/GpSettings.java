package io.fingerpost.routes.inbound.gp;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What a GP system may send, and how it is put off.
 *
 * @param maxSize of a message; a larger one is refused unread
 * @param attachments the files in a message
 * @param retryAfter what a sender is told to wait when the fault is ours
 */
@Validated
@ConfigurationProperties("fingerpost.gp")
public record GpSettings(
    @DefaultValue("1MB") @NotNull DataSize maxSize,
    @DefaultValue @Valid AttachmentLimits attachments,
    @DefaultValue("30s") @NotNull Duration retryAfter) {

  /**
   * @param most files in one message
   * @param maxSize of each
   */
  public record AttachmentLimits(
      @DefaultValue("5") @PositiveOrZero int most,
      @DefaultValue("512KB") @NotNull DataSize maxSize) {}

  public GpSettings {
    if (maxSize.toBytes() < 1024 || maxSize.toBytes() > 100L * 1024 * 1024) {
      throw new IllegalArgumentException("fingerpost.gp.max-size must be 1KB to 100MB");
    }
    if (retryAfter.toSeconds() < 1) {
      throw new IllegalArgumentException("fingerpost.gp.retry-after must be 1s or more");
    }
  }
}
