package io.fingerpost.server.tracing;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import io.fingerpost.server.storage.OnFhirServerRole;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Turns tracing on where the service's address is set. */
@Configuration(proxyBeanMethods = false)
@OnFhirServerRole
@ConditionalOnProperty("fingerpost.pds.base")
class TracingConfiguration {

  @Bean
  TraceQueue traceQueue(JdbcClient jdbc) {
    return new TraceQueue(jdbc);
  }

  @Bean
  TraceOnWrite traceOnWrite(TraceQueue queue, PdsSettings settings, Clock clock) {
    return new TraceOnWrite(queue, settings.good(), clock);
  }

  @Bean
  Tracer tracer(
      TraceQueue queue,
      DaoRegistry daos,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      PdsSettings settings,
      Clock clock) {
    PdsHttp http = new PdsHttp(settings);
    PdsToken token =
        new PdsToken(
            http, settings, PdsToken.key(Objects.requireNonNull(settings.keyFile())), clock);
    Tracing tracing =
        new Tracing(
            queue,
            new PdsGate(jdbc, new TransactionTemplate(transactions), settings),
            new PdsClient(http, settings, token),
            new TraceStore(daos, queue, new TransactionTemplate(transactions), clock),
            settings,
            clock);
    return new Tracer(tracing, settings.poll());
  }

  @Bean
  MeterBinder traceMetrics(TraceQueue queue) {
    return meters -> {
      for (String state : new String[] {"pending", "failed"}) {
        Gauge.builder("fingerpost.traces", queue, it -> it.count(state))
            .tag("state", state)
            .description("people that wait to be traced, and whose trace an operator has to see to")
            .register(meters);
      }
    };
  }
}
