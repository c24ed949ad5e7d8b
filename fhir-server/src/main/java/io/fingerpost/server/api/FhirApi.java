package io.fingerpost.server.api;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.openapi.OpenApiInterceptor;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;

/** The FHIR endpoint. Read {@link #initialize} top to bottom to see what a request meets. */
final class FhirApi extends RestfulServer {

  private static final long serialVersionUID = 1L;

  /** What the endpoint serves, and the storage it stands on. */
  record Storage(
      IFhirSystemDao<Bundle, Meta> systemDao,
      JpaSystemProvider<Bundle, Meta> systemProvider,
      JpaStorageSettings settings,
      ISearchParamRegistry searchParameters,
      IValidationSupport validation,
      DatabaseBackedPagingProvider paging) {}

  private final transient Storage storage;
  private final transient List<ResourceProviderFactory> providers;
  private final transient List<?> guards;

  FhirApi(
      FhirContext context,
      Storage storage,
      List<ResourceProviderFactory> providers,
      IInterceptorService interceptors,
      List<?> guards) {
    super(context);
    this.storage = storage;
    this.providers = providers;
    this.guards = guards;
    setInterceptorService(interceptors);
  }

  /** HAPI would say which version it is. */
  @Override
  public void addHeadersToResponse(HttpServletResponse response) {
    // nothing is added
  }

  @Override
  protected void initialize() {
    setServerName("Fingerpost");
    setServerVersion("0.1.0");
    setServerConformanceProvider(
        new JpaCapabilityStatementProvider(
            this,
            storage.systemDao(),
            storage.settings(),
            storage.searchParameters(),
            storage.validation()));
    providers.forEach(factory -> registerProviders(factory.createProviders()));
    registerProvider(storage.systemProvider());
    setPagingProvider(storage.paging());
    setDefaultResponseEncoding(ca.uhn.fhir.rest.api.EncodingEnum.JSON);
    guards.forEach(this::registerInterceptor);
    registerInterceptor(new OpenApiInterceptor());
  }
}
