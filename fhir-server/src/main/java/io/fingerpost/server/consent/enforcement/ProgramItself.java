package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;

/** Whether a request is the program's own, made in this process and by nobody outside it. */
public final class ProgramItself {

  private ProgramItself() {}

  /** By its class, which no client's request can have. */
  public static boolean is(RequestDetails request) {
    return request instanceof SystemRequestDetails;
  }
}
