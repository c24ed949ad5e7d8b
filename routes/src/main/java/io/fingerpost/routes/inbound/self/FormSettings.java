package io.fingerpost.routes.inbound.self;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What a web form may send, and how it is put off.
 *
 * @param maxSize of a form that was filled in; a larger one is refused unread
 * @param retryAfter what is told to wait when the fault is ours
 */
@Validated
@ConfigurationProperties("fingerpost.form")
public record FormSettings(
    @DefaultValue("64KB") @NotNull DataSize maxSize,
    @DefaultValue("30s") @NotNull Duration retryAfter) {

  public FormSettings {
    if (maxSize.toBytes() < 1024 || maxSize.toBytes() > 1024L * 1024) {
      throw new IllegalArgumentException("fingerpost.form.max-size must be 1KB to 1MB");
    }
    if (retryAfter.toSeconds() < 1) {
      throw new IllegalArgumentException("fingerpost.form.retry-after must be 1s or more");
    }
  }
}
