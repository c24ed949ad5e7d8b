package io.fingerpost.server.audit;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;

/** Who may read the record. */
@FunctionalInterface
public interface AuditAccess {

  /** The operator who asks; empty for everyone else, to whom there is no record. */
  Optional<Reader> reader(RequestDetails request);

  /** Who reads, as it goes on record. */
  record Reader(String client, String organisation, String purpose) {}
}
