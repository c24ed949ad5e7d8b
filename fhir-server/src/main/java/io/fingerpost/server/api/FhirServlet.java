package io.fingerpost.server.api;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Stands for the FHIR endpoint in the servlet container until the endpoint is wanted. A bean that
 * is itself a Servlet is made before Spring has frozen its configuration, and would pull all of
 * HAPI with it, a third of the whole start.
 */
final class FhirServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Endpoint endpoint;

  FhirServlet(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** The endpoint, before and after it is made. */
  static final class Endpoint {
    private final ObjectProvider<FhirApi> provider;
    private volatile @Nullable FhirApi api;

    Endpoint(ObjectProvider<FhirApi> provider) {
      this.provider = provider;
    }

    boolean isOpen() {
      return api != null;
    }
  }

  @Override
  public void init() throws ServletException {
    FhirApi made = endpoint.provider.getObject();
    made.init(getServletConfig());
    endpoint.api = made;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Objects.requireNonNull(endpoint.api).service(request, response);
  }

  @Override
  public void destroy() {
    FhirApi made = endpoint.api;
    endpoint.api = null;
    if (made != null) {
      made.destroy();
    }
  }
}
