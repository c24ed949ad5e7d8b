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

/** The engine, what it is asked with, and where its answers are applied. */
@Configuration(proxyBeanMethods = false)
@OnFhirServerRole
class ConsentConfiguration {

  @Bean
  ShareDecisions shareDecisions(
      DaoRegistry daos, Clock clock, @Value("${fingerpost.scheme.organisation}") String scheme) {
    Organisations organisations = new Organisations(daos);
    return new ShareDecisions(
        new ConsentDecisionEngine(scheme),
        new ConsentsOnRecord(daos, organisations),
        new FactsReader(organisations, scheme),
        clock);
  }

  @Bean
  RequestDecisions requestDecisions(ShareDecisions decisions, Overrides overrides) {
    return new RequestDecisions(decisions, overrides);
  }

  @Bean
  DecisionAudit decisionAudit(DaoRegistry daos, Clock clock) {
    return new DecisionAudit(daos, clock);
  }

  @Bean
  ConsentEnforcement consentEnforcement(RequestDecisions decisions) {
    return new ConsentEnforcement(decisions);
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
