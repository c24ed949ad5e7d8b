package io.fingerpost.server.api;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import io.fingerpost.server.access.ScopeRules;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a process that is routes without a store serves under {@code /fhir}: the operations the
 * routes bring, {@code $process-message} among them, and nothing of what is stored.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${fingerpost.roles}'.contains('fhir-server')")
class RoutesAlone {

  @Bean
  ServletRegistrationBean<RestfulServer> routesServlet(
      List<ResourceProviderFactory> operations, LimitSettings limits) {
    ServletRegistrationBean<RestfulServer> registration =
        new ServletRegistrationBean<>(new Reception(operations, limits), "/fhir/*");
    registration.setLoadOnStartup(1);
    return registration;
  }

  /** Takes what is sent, from whoever's scopes allow it. */
  private static final class Reception extends RestfulServer {

    private static final long serialVersionUID = 1L;

    private final transient List<ResourceProviderFactory> operations;
    private final transient LimitSettings limits;

    Reception(List<ResourceProviderFactory> operations, LimitSettings limits) {
      super(FhirContext.forR4Cached());
      this.operations = operations;
      this.limits = limits;
    }

    @Override
    public void addHeadersToResponse(HttpServletResponse response) {
      // HAPI would say which version it is.
    }

    @Override
    protected void initialize() {
      setServerName("Fingerpost");
      setServerVersion("0.1.0");
      setDefaultResponseEncoding(ca.uhn.fhir.rest.api.EncodingEnum.JSON);
      operations.forEach(factory -> registerProviders(factory.createProviders()));
      registerInterceptor(new RequestLimits(limits));
      registerInterceptor(new ScopeRules());
      registerInterceptor(new Errors());
    }
  }
}
