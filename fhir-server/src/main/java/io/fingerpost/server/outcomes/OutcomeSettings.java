package io.fingerpost.server.outcomes;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the outcome tables need to be told.
 *
 * @param pseudonymKeyFile the secret that turns ids into keys; made at first use, readable by its
 *     owner only. Nodes of one scheme share it; another file means keys that match no earlier
 *     extract
 * @param testData whether resources labelled as test data (HTEST) are counted, as in the demo
 */
@Validated
@ConfigurationProperties("fingerpost.outcomes")
public record OutcomeSettings(
    @NotNull Path pseudonymKeyFile, @DefaultValue("false") boolean testData) {}
