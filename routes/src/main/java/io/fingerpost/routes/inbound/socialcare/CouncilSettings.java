package io.fingerpost.routes.inbound.socialcare;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How councils' files are taken. Where each council puts them, and how it writes them, is in its
 * entry of the registry.
 *
 * @param folder default folder, with {@code inbox}, {@code outbox} and {@code archive} in it
 * @param spool where files of SFTP servers and results stand while they are worked on
 * @param poll how often folders are looked into
 * @param stableFor how long a file has to have stayed as it is before it is taken
 * @param workers how many rows are worked on at once
 * @param maxFile what a file may measure as it comes
 * @param maxText what it may measure once decrypted and unpacked
 * @param maxRowCharacters what one row may measure
 * @param patience how long a file's result waits for rows that failed for our own reasons
 * @param archiveRetention how long files are kept in {@code archive} of folders on this machine
 * @param pgpSecretKeyFile our key or keys that files are encrypted for; without it no encrypted
 *     file can be read
 * @param pgpPassphraseFile file that holds their passphrase, alone
 */
@Validated
@ConfigurationProperties("fingerpost.council")
record CouncilSettings(
    @NotNull Path folder,
    @NotNull Path spool,
    @DefaultValue("2s") @NotNull Duration poll,
    @DefaultValue("1s") @NotNull Duration stableFor,
    @DefaultValue("4") @Positive @Max(64) int workers,
    @DefaultValue("64MB") @NotNull DataSize maxFile,
    @DefaultValue("256MB") @NotNull DataSize maxText,
    @DefaultValue("65536") @Min(1024) @Max(1048576) int maxRowCharacters,
    @DefaultValue("10m") @NotNull Duration patience,
    @DefaultValue("90d") @NotNull Duration archiveRetention,
    @Nullable Path pgpSecretKeyFile,
    @Nullable Path pgpPassphraseFile) {

  /** The same for a file whose rows nobody tries again. */
  CouncilSettings withoutPatience() {
    return new CouncilSettings(
        folder,
        spool,
        poll,
        stableFor,
        workers,
        maxFile,
        maxText,
        maxRowCharacters,
        Duration.ZERO,
        archiveRetention,
        pgpSecretKeyFile,
        pgpPassphraseFile);
  }
}
