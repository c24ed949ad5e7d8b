package io.fingerpost.server.audit;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the record of decisions is kept.
 *
 * @param keyFile the keys that prove it unaltered; made at the first start, readable by its owner
 *     only. Nodes of one scheme share it; another file means that nothing written before can be
 *     verified
 * @param seal how often what was written is sealed into a block
 * @param retention how long events are kept
 */
@Validated
@ConfigurationProperties("fingerpost.audit")
public record AuditSettings(
    @NotNull Path keyFile,
    @DefaultValue("PT5S") Duration seal,
    @DefaultValue("8y") Period retention) {}
