package io.fingerpost.routes.inbound.hospital;

import org.apache.camel.CamelContext;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up while the listener takes messages. */
@Component("mllpHealthIndicator")
class MllpHealth implements HealthIndicator {

  private final CamelContext context;

  MllpHealth(CamelContext context) {
    this.context = context;
  }

  @Override
  public Health health() {
    boolean listens =
        context.getRouteController().getRouteStatus(HospitalInboundRoute.ROUTE_ID) != null
            && context
                .getRouteController()
                .getRouteStatus(HospitalInboundRoute.ROUTE_ID)
                .isStarted();
    return (listens ? Health.up() : Health.outOfService()).build();
  }
}
