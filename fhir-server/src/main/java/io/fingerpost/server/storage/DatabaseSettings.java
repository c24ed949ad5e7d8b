package io.fingerpost.server.storage;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the database is, when {@code spring.datasource.url} does not name one.
 *
 * @param directory data directory of the embedded PostgreSQL; kept across restarts
 * @param connections most connections in the pool
 */
@Validated
@ConfigurationProperties("fingerpost.database")
record DatabaseSettings(
    @NotNull Path directory, @DefaultValue("24") @Positive @Max(500) int connections) {}
