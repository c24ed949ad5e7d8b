package io.fingerpost.routes.inbound.hospital;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How hospitals are listened to by MLLP over TLS.
 *
 * @param port of that listener ({@code FINGERPOST_MLLP_TLS_PORT}); without it there is none
 * @param clientCertificate whether who comes has to show a certificate
 * @param handshakeTimeout how long the two may take to agree on a connection
 */
@Validated
@ConfigurationProperties("fingerpost.mllp.tls")
public record MllpTlsSettings(
    @Nullable @Min(1) @Max(65535) Integer port,
    @DefaultValue("required") @NotNull ClientCertificate clientCertificate,
    @DefaultValue("10s") @NotNull Duration handshakeTimeout) {

  /** What is asked of a client. */
  public enum ClientCertificate {
    REQUIRED,
    NONE
  }
}
