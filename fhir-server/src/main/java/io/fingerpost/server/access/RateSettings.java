package io.fingerpost.server.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often a client may come, on each node.
 *
 * @param requestsASecond requests of one client, where its entry in the registry says nothing else
 * @param failuresAMinute refused token requests from one address in the name of one client
 * @param failuresOfAnAddress refused token requests a minute from one address, in whose name ever
 * @param proxies addresses of the reverse proxies: what comes from them is counted by the address
 *     they add to {@code X-Forwarded-For}
 */
@Validated
@ConfigurationProperties("fingerpost.rates")
record RateSettings(
    @DefaultValue("1000") @Min(1) @Max(1_000_000) long requestsASecond,
    @DefaultValue("10") @Min(1) @Max(1_000_000) long failuresAMinute,
    @DefaultValue("100") @Min(1) @Max(1_000_000) long failuresOfAnAddress,
    @DefaultValue({"127.0.0.1", "0:0:0:0:0:0:0:1"}) @NotNull Set<String> proxies) {}
