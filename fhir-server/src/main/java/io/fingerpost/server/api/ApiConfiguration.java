package io.fingerpost.server.api;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fingerpost.server.access.ScopeRules;
import io.fingerpost.server.audit.DecisionAudit;
import io.fingerpost.server.consent.enforcement.ConsentHooks;
import io.fingerpost.server.consent.enforcement.ConsentsOnRecord;
import io.fingerpost.server.consent.enforcement.PartnerRequests;
import io.fingerpost.server.consent.enforcement.ShareDecisions;
import io.fingerpost.server.consent.visibility.IndexOnWrite;
import io.fingerpost.server.consent.visibility.KeptPages;
import io.fingerpost.server.consent.visibility.MaskedReferences;
import io.fingerpost.server.consent.visibility.NarrowedSearch;
import io.fingerpost.server.matching.MatchTasksKept;
import io.fingerpost.server.outcomes.JpaOutcomeSource;
import io.fingerpost.server.outcomes.OutcomeSettings;
import io.fingerpost.server.outcomes.OutcomeTables;
import io.fingerpost.server.outcomes.ViewDefinitionRunOperation;
import io.fingerpost.server.referral.ConsentsInForce;
import io.fingerpost.server.referral.LegalMoves;
import io.fingerpost.server.referral.RecordsInStep;
import io.fingerpost.server.storage.ChangeFeed;
import io.fingerpost.server.storage.LabelsStay;
import io.fingerpost.server.storage.OnFhirServerRole;
import io.fingerpost.server.storage.StoredTypes;
import io.fingerpost.server.storage.WriteValidation;
import io.fingerpost.server.tracing.TraceOnWrite;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;

/** Puts the FHIR endpoint together and in its place under {@code /fhir}. */
@Configuration(proxyBeanMethods = false)
@OnFhirServerRole
class ApiConfiguration {

  @Bean
  @Lazy
  FhirApi fhirApi(
      FhirContext context,
      FhirApi.Storage storage,
      List<ResourceProviderFactory> providers,
      IInterceptorService interceptors,
      Guards guards,
      LimitSettings limits,
      DaoRegistry daos) {
    daos.setSupportedResourceTypes(StoredTypes.ALL);
    // Where there is a paging provider, the server's own page sizes do not count.
    storage.paging().setDefaultPageSize(Math.min(20, limits.page()));
    storage.paging().setMaximumPageSize(limits.page());
    return new FhirApi(context, storage, providers, interceptors, guards.inOrder());
  }

  /** What each request meets, in this order, and each answer on its way back. */
  @Bean
  @Lazy
  Guards guards(
      ConsentHooks consent,
      PartnerRequests partnerRequests,
      NarrowedSearch narrowedSearch,
      KeptPages keptPages,
      MaskedReferences maskedReferences,
      IndexOnWrite indexOnWrite,
      WriteValidation validation,
      LabelsStay labelsStay,
      LegalMoves legalMoves,
      MatchTasksKept matchTasksKept,
      RecordsInStep recordsInStep,
      ChangeFeed changeFeed,
      Optional<TraceOnWrite> traceOnWrite,
      LimitSettings limits,
      @Value("${fingerpost.store.stock:false}") boolean stock) {
    List<Object> inOrder =
        new ArrayList<>(
            List.of(
                new RequestLimits(limits),
                new ScopeRules(),
                keptPages,
                narrowedSearch,
                consent,
                maskedReferences,
                partnerRequests));
    if (!stock) {
      // HAPI as it comes checks nothing it stores, and the yardstick is HAPI as it comes.
      inOrder.add(validation);
      inOrder.add(labelsStay);
      inOrder.add(matchTasksKept);
      inOrder.add(legalMoves);
      inOrder.add(recordsInStep);
      inOrder.add(indexOnWrite);
    }
    inOrder.add(changeFeed);
    traceOnWrite.ifPresent(inOrder::add);
    inOrder.add(new Errors());
    return new Guards(inOrder);
  }

  @Bean
  @Lazy
  OutcomeTables outcomeTables(
      FhirContext context, OutcomeSettings settings, DaoRegistry daos, JdbcTemplate jdbc)
      throws IOException {
    return new OutcomeTables(context, settings, new JpaOutcomeSource(daos, jdbc));
  }

  @Bean
  ResourceProviderFactory outcomeProvider(
      ObjectProvider<OutcomeTables> tables,
      DaoRegistry daos,
      ShareDecisions decisions,
      DecisionAudit audit) {
    ResourceProviderFactory factory = new ResourceProviderFactory();
    factory.addSupplier(
        () ->
            new ViewDefinitionRunOperation(
                tables.getObject(), new OutcomeAccess(daos, decisions, audit)));
    return factory;
  }

  @Bean
  ResourceProviderFactory operatorActsProvider(DecisionAudit audit, DaoRegistry daos) {
    ResourceProviderFactory factory = new ResourceProviderFactory();
    factory.addSupplier(() -> new OperatorActs(audit, daos));
    return factory;
  }

  record Guards(List<Object> inOrder) {}

  @Bean
  ConsentsInForce consentsInForce(ConsentsOnRecord consents, Clock clock) {
    return written -> consents.read(written).isInForce(clock.instant());
  }

  /** The store as the routes in this process reach it. */
  @Bean
  IRepository repository(DaoRegistry daos, FhirApi api) {
    return new InProcessRepository(daos, api);
  }

  @Bean
  @Lazy
  FhirApi.Storage fhirStorage(
      IFhirSystemDao<Bundle, Meta> systemDao,
      JpaSystemProvider<Bundle, Meta> systemProvider,
      JpaStorageSettings settings,
      ISearchParamRegistry searchParameters,
      IValidationSupport validation,
      DatabaseBackedPagingProvider paging) {
    return new FhirApi.Storage(
        systemDao, systemProvider, settings, searchParameters, validation, paging);
  }

  @Bean
  ServletRegistrationBean<SmartConfiguration> smartConfiguration(
      @Value("${fingerpost.access.issuer}") String issuer, ObjectMapper mapper) throws IOException {
    return new ServletRegistrationBean<>(
        new SmartConfiguration(issuer, mapper), "/fhir/.well-known/smart-configuration");
  }

  @Bean
  FhirServlet.Endpoint fhirEndpoint(ObjectProvider<FhirApi> api) {
    return new FhirServlet.Endpoint(api);
  }

  @Bean
  ServletRegistrationBean<FhirServlet> fhirServlet(FhirServlet.Endpoint endpoint) {
    ServletRegistrationBean<FhirServlet> registration =
        new ServletRegistrationBean<>(new FhirServlet(endpoint), "/fhir/*");
    registration.setLoadOnStartup(1);
    return registration;
  }

  /** Up once the endpoint can take requests. */
  @Bean
  HealthIndicator fhirHealthIndicator(FhirServlet.Endpoint endpoint) {
    return () -> (endpoint.isOpen() ? Health.up() : Health.outOfService()).build();
  }
}
