package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;

/**
 * Where HAPI asks about consent. HAPI refuses everybody a bare count ({@code _summary=count}), for
 * it is counted before anything is hidden; whoever has nothing hidden from it is let count.
 */
@Interceptor
public final class ConsentHooks extends ConsentInterceptor {

  public ConsentHooks(ConsentEnforcement consent) {
    super(consent);
  }

  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
  @Override
  public void interceptPreHandled(RequestDetails request) {
    if (ConsentEnforcement.isFree(request)) {
      authorizeRequest(request);
    } else {
      super.interceptPreHandled(request);
    }
  }
}
