package io.fingerpost.routes.outbound.gp;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long a GP system is waited for.
 *
 * @param connect until it takes the connection
 * @param answer until it has answered in full
 */
@Validated
@ConfigurationProperties("fingerpost.gp.delivery")
public record DeliverySettings(
    @DefaultValue("5s") @NotNull Duration connect, @DefaultValue("30s") @NotNull Duration answer) {

  public DeliverySettings {
    if (connect.toMillis() < 1 || answer.toMillis() < 1) {
      throw new IllegalArgumentException("fingerpost.gp.delivery: each at least 1ms");
    }
  }
}
