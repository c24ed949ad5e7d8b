package io.fingerpost.server.audit;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import io.fingerpost.server.storage.OnFhirServerRole;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** How decisions are recorded, and who reads the record. */
@Configuration(proxyBeanMethods = false)
@OnFhirServerRole
class AuditConfiguration {

  @Bean
  AuditKeys auditKeys(AuditSettings settings) {
    return AuditKeys.load(settings.keyFile());
  }

  @Bean
  DecisionAudit decisionAudit(DataSource database, AuditKeys keys, Clock clock) {
    return new DecisionAudit(new EventTable(database), keys, clock);
  }

  @Bean
  Seals auditSeals(DataSource database, AuditKeys keys, AuditSettings settings, Clock clock) {
    return new Seals(
        new BlockTable(new JdbcTemplate(database)),
        new TransactionTemplate(new DataSourceTransactionManager(database)),
        keys,
        settings.retention(),
        clock);
  }

  @Bean
  VerifyAuditOperation verifyAudit(DataSource database, AuditKeys keys, AuditAccess access) {
    TransactionTemplate snapshot =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    snapshot.setReadOnly(true);
    return new VerifyAuditOperation(
        new BlockTable(new JdbcTemplate(database)), snapshot, keys, access);
  }

  @Bean
  ResourceProviderFactory auditProviders(
      AuditEventProvider events, VerifyAuditOperation verification) {
    ResourceProviderFactory providers = new ResourceProviderFactory();
    providers.addSupplier(() -> events);
    providers.addSupplier(() -> verification);
    return providers;
  }

  @Bean
  AuditEventProvider auditEvents(
      FhirContext context, JdbcTemplate database, DecisionAudit audit, AuditAccess access) {
    return new AuditEventProvider(context, database, audit, access);
  }
}
