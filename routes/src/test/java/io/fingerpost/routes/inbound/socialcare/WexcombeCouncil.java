package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.partners.FileSettings;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.partners.PartnerSettings;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.reliability.KeptMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Wexcombe Council, made up, and the scheme it refers to. */
final class WexcombeCouncil {

  static final Scheme SCHEME = new Scheme("Z9S01", "Wexcombe Connect");
  static final Instant NOW = Instant.parse("2026-03-03T10:15:01Z");

  private WexcombeCouncil() {}

  static PartnerRegistry partners(@Nullable FileSettings files) {
    return new PartnerRegistry(
        new PartnerSettings(
            SCHEME,
            List.of(
                Partner.of(
                        "demo-council", "Z9C01", "Wexcombe Council", Partner.Kind.ADULT_SOCIAL_CARE)
                    .files(files)
                    .build())));
  }

  static CouncilSettings settings(Path folder) {
    return settings(folder, null);
  }

  static CouncilSettings settings(Path folder, @Nullable Path secretKey) {
    return settings(folder, secretKey, null);
  }

  static CouncilSettings settings(
      Path folder, @Nullable Path secretKey, @Nullable Path passphrase) {
    return new CouncilSettings(
        folder.resolve("socialcare"),
        folder.resolve("spool"),
        Duration.ofMillis(50),
        Duration.ofMillis(50),
        4,
        DataSize.ofMegabytes(2),
        DataSize.ofMegabytes(4),
        20_000,
        Duration.ofSeconds(2),
        Duration.ofDays(90),
        secretKey,
        passphrase);
  }

  static KeptMessage kept(String messageId, byte[] body) {
    return new KeptMessage(
        UUID.fromString("5d3c2b1a-0000-4000-8000-000000000001"),
        "Z9C01",
        messageId,
        CouncilTranslator.CHANNEL,
        NOW,
        body);
  }
}
