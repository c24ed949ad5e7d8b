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

  private final transient ObjectProvider<FhirApi> provider;
  private transient @Nullable FhirApi api;

  FhirServlet(ObjectProvider<FhirApi> provider) {
    this.provider = provider;
  }

  @Override
  public void init() throws ServletException {
    FhirApi made = provider.getObject();
    made.init(getServletConfig());
    api = made;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Objects.requireNonNull(api).service(request, response);
  }

  @Override
  public void destroy() {
    if (api != null) {
      api.destroy();
    }
  }
}
