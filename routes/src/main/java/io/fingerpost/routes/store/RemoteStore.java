package io.fingerpost.routes.store;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.client.apache.ApacheRestfulClientFactory;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.time.Clock;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way to the store where this process is not also the FHIR server. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${fingerpost.roles}'.contains('fhir-server')")
class RemoteStore {

  @Bean
  SmartEndpoint smartEndpoint(RemoteStoreSettings settings) {
    return new SmartEndpoint(settings.base(), settings.connect());
  }

  @Bean
  ProgramToken programToken(RemoteStoreSettings settings, SmartEndpoint endpoint, Clock clock) {
    return new ProgramToken(
        endpoint, settings.clientName(), ProgramToken.key(settings.key()), clock);
  }

  @Bean
  IRepository remoteRepository(RemoteStoreSettings settings, ProgramToken token) {
    ApacheRestfulClientFactory factory = new ApacheRestfulClientFactory(FhirContext.forR4Cached());
    factory.setServerValidationMode(ServerValidationModeEnum.NEVER);
    factory.setConnectTimeout(Math.toIntExact(settings.connect().toMillis()));
    factory.setConnectionRequestTimeout(Math.toIntExact(settings.answer().toMillis()));
    factory.setSocketTimeout(Math.toIntExact(settings.answer().toMillis()));
    factory.setPoolMaxTotal(settings.connections());
    factory.setPoolMaxPerRoute(settings.connections());
    IGenericClient client = factory.newGenericClient(settings.base());
    client.setEncoding(EncodingEnum.JSON);
    client.registerInterceptor(new InOurName(token));
    return new FhirOverHttp(client);
  }

  /** Up while the store answers: without it nothing that comes in can be acknowledged. */
  @Bean
  HealthIndicator fhirHealthIndicator(SmartEndpoint endpoint) {
    return () -> (endpoint.isThere() ? Health.up() : Health.outOfService()).build();
  }
}
