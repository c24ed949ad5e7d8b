package io.fingerpost.server.consent.override;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param lifetime how long an override lasts that nobody ends before
 */
@Validated
@ConfigurationProperties("fingerpost.override")
record OverrideSettings(
    @DefaultValue("4h") @NotNull @DurationMin(minutes = 1) @DurationMax(hours = 24)
        Duration lifetime) {}
