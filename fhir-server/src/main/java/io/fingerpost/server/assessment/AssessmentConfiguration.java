package io.fingerpost.server.assessment;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import io.fingerpost.profiles.measures.Measures;
import io.fingerpost.server.storage.OnFhirServerRole;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts {@code $extract} among what the endpoint serves. */
@Configuration(proxyBeanMethods = false)
@OnFhirServerRole
class AssessmentConfiguration {

  @Bean
  ResourceProviderFactory extractProvider(
      FhirContext context,
      DaoRegistry daos,
      JdbcClient jdbc,
      PlatformTransactionManager transactions) {
    ResourceProviderFactory providers = new ResourceProviderFactory();
    providers.addSupplier(
        () -> {
          Records records = new Records(context, daos);
          return new ExtractOperation(
              records,
              new Questionnaires(context, daos),
              new Extraction(Measures.shipped(context)),
              new OneAtATime(jdbc, new TransactionTemplate(transactions)));
        });
    return providers;
  }
}
