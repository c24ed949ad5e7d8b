package io.fingerpost.routes.reliability;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How received messages are kept.
 *
 * @param keyFile the AES key their bodies are encrypted with; made at the first start, shared by
 *     all nodes; without it kept messages cannot be read
 * @param retention how long a settled message's body is kept before it is erased
 */
@Validated
@ConfigurationProperties("fingerpost.messages")
record MessageSettings(@NotNull Path keyFile, @DefaultValue("90d") @NotNull Duration retention) {}
