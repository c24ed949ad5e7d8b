package io.fingerpost.server.consent.visibility;

import ca.uhn.fhir.jpa.dao.SearchBuilderFactory;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import io.fingerpost.server.access.RegisteredClients;
import io.fingerpost.server.consent.enforcement.ConsentsOnRecord;
import io.fingerpost.server.consent.enforcement.ShareDecisions;
import io.fingerpost.server.consent.override.Overrides;
import io.fingerpost.server.storage.OnFhirServerRole;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import org.hl7.fhir.r4.model.SearchParameter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The index, what writes it, and what searches by it. */
@Configuration(proxyBeanMethods = false)
@OnFhirServerRole
class VisibilityConfiguration {

  @Bean
  SearchParameter visibleTo() {
    return AudienceIndex.searchParameter();
  }

  @Bean
  Audiences audiences(
      RegisteredClients clients,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new Audiences(clients, jdbc, new TransactionTemplate(transactions), clock);
  }

  @Bean
  PersonRecords personRecords(SearchBuilderFactory<JpaPid> builders, JdbcClient jdbc) {
    return new PersonRecords(builders, jdbc);
  }

  @Bean
  AudienceIndex audienceIndex(
      EntityManagerFactory factory, JdbcTemplate jdbc, PartitionSettings partitions) {
    return new AudienceIndex(
        SharedEntityManagerCreator.createSharedEntityManager(factory), jdbc, partitions);
  }

  @Bean
  IndexUpdate.Times indexTimes(JdbcClient jdbc, Clock clock) {
    return new IndexUpdate.Times(new Turns(jdbc), new DueDates(jdbc), clock);
  }

  @Bean
  IndexUpdate indexUpdate(
      ShareDecisions decisions,
      Audiences audiences,
      AudienceIndex index,
      PersonRecords records,
      ConsentsOnRecord consents,
      IndexUpdate.Times times) {
    return new IndexUpdate(new Visibility(decisions, audiences), index, records, consents, times);
  }

  @Bean
  IndexOnWrite indexOnWrite(IndexUpdate update) {
    return new IndexOnWrite(update);
  }

  @Bean
  Upkeep visibilityUpkeep(
      IndexUpdate update,
      Audiences audiences,
      PersonRecords records,
      IndexUpdate.Times times,
      PlatformTransactionManager transactions) {
    return new Upkeep(update, audiences, records, times, apart(transactions));
  }

  @Bean
  NarrowedSearch narrowedSearch(
      Audiences audiences, AudienceIndex index, Overrides overrides, Upkeep upkeep) {
    return new NarrowedSearch(audiences, index, overrides, upkeep);
  }

  @Bean
  MaskedReferences maskedReferences(Audiences audiences, AudienceIndex index, Upkeep upkeep) {
    return new MaskedReferences(audiences, index, upkeep);
  }

  @Bean
  KeptPages keptPages() {
    return new KeptPages();
  }

  /** Whatever transaction is open has its own work. */
  private static TransactionTemplate apart(PlatformTransactionManager transactions) {
    TransactionTemplate template = new TransactionTemplate(transactions);
    template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    return template;
  }
}
