package io.fingerpost.routes.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.client.api.IHttpRequest;
import ca.uhn.fhir.rest.client.api.IHttpResponse;
import org.slf4j.MDC;

/** Says with each request to the store who asks, and as part of what. */
@Interceptor
public final class InOurName {

  private static final int UNAUTHORIZED = 401;

  private final ProgramToken token;

  InOurName(ProgramToken token) {
    this.token = token;
  }

  @Hook(Pointcut.CLIENT_REQUEST)
  public void say(IHttpRequest request) {
    request.addHeader("Authorization", "Bearer " + token.value());
    String correlation = MDC.get("correlation");
    if (correlation != null) {
      request.addHeader("X-Correlation-Id", correlation);
    }
  }

  /** A token that is refused before its time was signed with a key that is no more. */
  @Hook(Pointcut.CLIENT_RESPONSE)
  public void hear(IHttpResponse response) {
    if (response.getStatus() == UNAUTHORIZED) {
      token.forget();
    }
  }
}
