package io.fingerpost.server.consent.override;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import io.fingerpost.server.audit.DecisionAudit;
import io.fingerpost.server.storage.OnFhirServerRole;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the override operations among what the endpoint serves. */
@Configuration(proxyBeanMethods = false)
@OnFhirServerRole
class OverrideConfiguration {

  @Bean
  Overrides overrides(JdbcClient jdbc, Clock clock) {
    return new Overrides(jdbc, clock);
  }

  @Bean
  ResourceProviderFactory overrideProvider(
      DaoRegistry daos,
      DecisionAudit audit,
      Overrides overrides,
      PlatformTransactionManager transactions,
      Clock clock,
      OverrideSettings settings,
      @Value("${fingerpost.scheme.organisation}") String scheme) {
    Granting granting =
        new Granting(
            daos,
            overrides,
            new OverrideNotices(daos, audit, scheme),
            new TransactionTemplate(transactions),
            clock,
            settings.lifetime());
    ResourceProviderFactory providers = new ResourceProviderFactory();
    providers.addSupplier(() -> new OverrideOperations(granting, overrides));
    return providers;
  }
}
