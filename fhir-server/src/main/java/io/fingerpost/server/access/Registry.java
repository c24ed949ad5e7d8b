package io.fingerpost.server.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The registered clients as the registry file names them at this moment: a client disabled or taken
 * out there is out at its next request.
 */
@Component("registryHealthIndicator")
class Registry implements HealthIndicator {

  private final LatestOf<Map<String, Client>> clients;

  /**
   * @throws RegistryFault when the file cannot be used: nothing starts on half a registry
   */
  Registry(AccessSettings settings, RegistryRows rows, Clock clock) {
    this.clients =
        new LatestOf<>(
            "registry", settings.access().registry(), rows::read, clock, first(settings, rows));
  }

  private static Map<String, Client> first(AccessSettings settings, RegistryRows rows) {
    Path file = settings.access().registry();
    try {
      return Files.exists(file)
          ? rows.read(Files.readAllBytes(file))
          : RegistryRows.byName(settings.partners());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A client that may come in now. */
  Optional<Client> find(String client) {
    return Optional.ofNullable(clients.get().get(client))
        .filter(row -> !row.disabled() && row.keys() != null);
  }

  /** All that may come in now. */
  List<Client> all() {
    return clients.get().values().stream().filter(row -> find(row.client()).isPresent()).toList();
  }

  boolean isFaulty() {
    return clients.isFaulty();
  }

  /** So that a fault is told when it is made, and not when the next client comes. */
  @Scheduled(fixedDelayString = "PT1S")
  void look() {
    clients.get();
  }

  @Override
  public Health health() {
    return (isFaulty() ? Health.down() : Health.up()).build();
  }
}
