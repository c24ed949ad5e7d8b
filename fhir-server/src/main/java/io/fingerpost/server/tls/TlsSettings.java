package io.fingerpost.server.tls;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who we are by TLS, and whom we believe. All are PEM files.
 *
 * @param certificate our certificate, followed by those between it and its authority; used as
 *     server and, where a partner asks for one, as client
 * @param key its private key
 * @param passwordFile holds the password of the private key, alone; absent where it has none
 * @param trust authorities whose client certificates are believed; without it none is asked for
 * @param partnerTrust authorities of the partners' servers; absent: those of the JVM
 * @param reload how often it is looked whether the files have changed
 */
@Validated
@ConfigurationProperties("fingerpost.tls")
record TlsSettings(
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable Path passwordFile,
    @Nullable Path trust,
    @Nullable Path partnerTrust,
    @DefaultValue("30s") @NotNull Duration reload) {}
