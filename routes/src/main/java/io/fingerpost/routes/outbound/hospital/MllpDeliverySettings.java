package io.fingerpost.routes.outbound.hospital;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a hospital is told by MLLP.
 *
 * @param patience how long it may take to connect, and again to answer
 */
@Validated
@ConfigurationProperties("fingerpost.mllp.delivery")
record MllpDeliverySettings(@DefaultValue("20s") @NotNull Duration patience) {}
