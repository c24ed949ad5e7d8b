package io.fingerpost.routes.inbound.socialcare;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up once every council's folder is looked into; whether its server answers is another matter. */
@Component("councilHealthIndicator")
class CouncilHealth implements HealthIndicator {

  private final CouncilFolders folders;

  CouncilHealth(CouncilFolders folders) {
    this.folders = folders;
  }

  @Override
  public Health health() {
    return (folders.serve() ? Health.up() : Health.outOfService()).build();
  }
}
