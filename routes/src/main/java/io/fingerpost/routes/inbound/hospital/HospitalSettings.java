package io.fingerpost.routes.inbound.hospital;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How hospitals are listened to.
 *
 * @param port of the MLLP listener ({@code FINGERPOST_MLLP_PORT})
 * @param maxFrameBytes what one message may measure; a larger one is rejected and its connection
 *     closed
 * @param frameTimeout how long the whole of a message may take to arrive once it has begun; between
 *     messages a connection may stand idle for ever
 * @param maxConnections how many may be open at once; one more is closed at once
 * @param workers how many messages are worked on at once
 * @param processingIds values of MSH-11 that are taken: P, and T or D where the scheme is not live
 */
@Validated
@ConfigurationProperties("fingerpost.mllp")
public record HospitalSettings(
    @DefaultValue("2575") @Min(1) @Max(65535) int port,
    @DefaultValue("2097152") @Min(1024) @Max(67108864) int maxFrameBytes,
    @DefaultValue("60s") @NotNull Duration frameTimeout,
    @DefaultValue("200") @Positive int maxConnections,
    @DefaultValue("16") @Positive @Max(256) int workers,
    @DefaultValue("P") @NotEmpty Set<@Pattern(regexp = "[PTD]") String> processingIds) {}
