package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.partners.FileSettings;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Erases files whose retention has passed from the archives on this machine. */
@Component
class ArchiveRetention {

  private static final Logger log = LoggerFactory.getLogger(ArchiveRetention.class);

  private final PartnerRegistry partners;
  private final CouncilSettings settings;
  private final Clock clock;

  ArchiveRetention(PartnerRegistry partners, CouncilSettings settings, Clock clock) {
    this.partners = partners;
    this.settings = settings;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT15M", fixedDelayString = "PT6H")
  void erase() throws IOException {
    for (Partner partner : partners.sendingFiles()) {
      FileSettings files = Objects.requireNonNullElse(partner.files(), FileSettings.USUAL);
      Path base =
          CouncilFolder.of(partner.client(), partner.organisation(), files, settings).local();
      if (base != null && Files.isDirectory(base.resolve(CouncilFolder.ARCHIVE))) {
        erase(base.resolve(CouncilFolder.ARCHIVE), partner.organisation());
      }
    }
  }

  private void erase(Path archive, String sender) throws IOException {
    Instant before = clock.instant().minus(settings.archiveRetention());
    List<Path> archived;
    try (Stream<Path> files = Files.list(archive)) {
      archived = files.filter(Files::isRegularFile).toList();
    }
    int erased = 0;
    for (Path file : archived) {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
        Files.delete(file);
        erased++;
      }
    }
    if (erased > 0) {
      log.info("outcome=erased files={} sender={}", erased, sender);
    }
  }
}
