package io.fingerpost.routes.inbound.hospital;

import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up while every listener takes messages. */
@Component("mllpHealthIndicator")
class MllpHealth implements HealthIndicator {

  private final CamelContext context;
  private final TlsConnections tls;

  MllpHealth(CamelContext context, TlsConnections tls) {
    this.context = context;
    this.tls = tls;
  }

  @Override
  public Health health() {
    boolean listens =
        listens(HospitalInboundRoute.ROUTE_ID)
            && (tls.port().isEmpty() || listens(HospitalInboundRoute.TLS_ROUTE_ID));
    return (listens ? Health.up() : Health.outOfService()).build();
  }

  private boolean listens(String route) {
    ServiceStatus status = context.getRouteController().getRouteStatus(route);
    return status != null && status.isStarted();
  }
}
