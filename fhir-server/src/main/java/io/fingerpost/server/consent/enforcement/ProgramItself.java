package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;

/** Whether a request is the program's own: made in this process, or by its routes in another. */
public final class ProgramItself {

  private ProgramItself() {}

  /** By its class, which no client's request can have, or by the role its token was given. */
  public static boolean is(RequestDetails request) {
    return request instanceof SystemRequestDetails
        || Caller.of(request).map(caller -> caller.is(Role.ROUTES)).orElse(false);
  }
}
