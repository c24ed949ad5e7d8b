package io.fingerpost.server.tls;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * HTTP over TLS.
 *
 * @param port of HTTPS ({@code FINGERPOST_HTTPS_PORT}); without it there is plain HTTP alone
 */
@Validated
@ConfigurationProperties("fingerpost.https")
record HttpsSettings(@Nullable @Min(1) @Max(65535) Integer port) {}
