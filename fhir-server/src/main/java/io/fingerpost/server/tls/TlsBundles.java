package io.fingerpost.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives the whole program its TLS bundles, and new ones when the files change: {@code
 * fingerpost-inbound} for those who come to us, {@code fingerpost-outbound} for those we go to.
 */
@Component
class TlsBundles implements SslBundleRegistrar {

  static final String INBOUND = "fingerpost-inbound";
  static final String OUTBOUND = "fingerpost-outbound";

  private static final Logger log = LoggerFactory.getLogger(TlsBundles.class);

  private final TlsSettings settings;
  private final Clock clock;
  private List<String> seen = List.of();
  private @Nullable SslBundleRegistry registry;

  TlsBundles(TlsSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public synchronized void registerBundles(SslBundleRegistry bundles) {
    seen = state();
    PemFiles files = PemFiles.read(settings, clock.instant());
    bundles.registerBundle(INBOUND, files.inbound());
    bundles.registerBundle(OUTBOUND, files.outbound());
    registry = bundles;
  }

  /** What cannot be used is told, and the old one serves on. */
  @Scheduled(fixedDelayString = "${fingerpost.tls.reload:30s}")
  synchronized void readAgainIfChanged() {
    List<String> now = state();
    if (registry == null || now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      PemFiles files = PemFiles.read(settings, clock.instant());
      registry.updateBundle(INBOUND, files.inbound());
      registry.updateBundle(OUTBOUND, files.outbound());
      log.info("outcome=tls-renewed");
    } catch (TlsUnusable unusable) {
      log.error("outcome=tls-kept code={} {}", unusable.code(), unusable.getMessage());
    }
  }

  /** When each file was written last, and how large it is. */
  private List<String> state() {
    List<String> state = new ArrayList<>();
    Stream.of(
            settings.certificate(),
            settings.key(),
            settings.passwordFile(),
            settings.trust(),
            settings.partnerTrust())
        .filter(Objects::nonNull)
        .forEach(file -> state.add(stateOf(file)));
    return state;
  }

  private static String stateOf(Path file) {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException gone) {
      return "gone";
    }
  }
}
