package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import io.fingerpost.server.audit.DecisionAudit;
import io.fingerpost.server.consent.decision.ConsentDecisionEngine;
import io.fingerpost.server.consent.override.Overrides;
import io.fingerpost.server.storage.OnFhirServerRole;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The engine, what it is asked with, and where its answers are applied. */
@Configuration(proxyBeanMethods = false)
@OnFhirServerRole
class ConsentConfiguration {

  @Bean
  Organisations organisations(DaoRegistry daos) {
    return new Organisations(daos);
  }

  @Bean
  ConsentsOnRecord consentsOnRecord(
      DaoRegistry daos, JdbcClient jdbc, Organisations organisations) {
    return new ConsentsOnRecord(daos, jdbc, organisations);
  }

  @Bean
  ShareDecisions shareDecisions(
      ConsentsOnRecord consents,
      Organisations organisations,
      Clock clock,
      @Value("${fingerpost.scheme.organisation}") String scheme) {
    return new ShareDecisions(
        new ConsentDecisionEngine(scheme), consents, new FactsReader(organisations, scheme), clock);
  }

  @Bean
  RequestDecisions requestDecisions(ShareDecisions decisions, Overrides overrides) {
    return new RequestDecisions(decisions, overrides);
  }

  @Bean
  ConsentEnforcement consentEnforcement(RequestDecisions decisions) {
    return new ConsentEnforcement(decisions);
  }

  @Bean
  ConsentHooks consentHooks(ConsentEnforcement enforcement, RequestDecisions decisions) {
    return new ConsentHooks(enforcement, decisions);
  }

  @Bean
  PartnerRequests partnerRequests(
      DaoRegistry daos, RequestDecisions decisions, DecisionAudit audit) {
    return new PartnerRequests(daos, decisions, audit);
  }

  @Bean
  ResourceProviderFactory shareDecisionProvider(
      ShareDecisions decisions, DaoRegistry daos, DecisionAudit audit) {
    ResourceProviderFactory providers = new ResourceProviderFactory();
    providers.addSupplier(() -> new ShareDecisionOperation(decisions, daos, audit));
    return providers;
  }
}
