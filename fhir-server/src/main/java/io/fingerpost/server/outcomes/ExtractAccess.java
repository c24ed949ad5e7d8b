package io.fingerpost.server.outcomes;

import ca.uhn.fhir.rest.api.server.RequestDetails;

/** Who may take an extract, and the record that one was taken. */
public interface ExtractAccess {

  boolean permits(RequestDetails request);

  /** Whose data may go into this extract: by who asks, and for which purpose. */
  SecondaryUse secondaryUse(RequestDetails request);

  /** Called before a table is sent: what cannot be recorded does not leave. */
  void record(RequestDetails request, String table, Extract extract);
}
