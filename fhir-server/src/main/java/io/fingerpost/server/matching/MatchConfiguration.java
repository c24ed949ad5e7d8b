package io.fingerpost.server.matching;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import io.fingerpost.server.audit.DecisionAudit;
import io.fingerpost.server.storage.OnFhirServerRole;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the matching operations among what the endpoint serves. */
@Configuration(proxyBeanMethods = false)
@OnFhirServerRole
class MatchConfiguration {

  @Bean
  MatchTasksKept matchTasksKept() {
    return new MatchTasksKept();
  }

  @Bean
  ResourceProviderFactory matchProvider(
      DaoRegistry daos,
      DecisionAudit audit,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock) {
    People people = new People(daos);
    Deciding deciding =
        new Deciding(
            people,
            daos,
            new DecisionTable(jdbc),
            audit,
            new TransactionTemplate(transactions),
            clock);
    ResourceProviderFactory providers = new ResourceProviderFactory();
    providers.addSupplier(() -> new MatchOperations(people, deciding));
    return providers;
  }
}
