package io.fingerpost.server.api;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import io.fingerpost.server.audit.AuditAccess;
import io.fingerpost.server.storage.OnFhirServerRole;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The record of decisions is read by operators, and by nobody else. */
@Component
@OnFhirServerRole
final class OperatorsOnly implements AuditAccess {

  @Override
  public Optional<Reader> reader(RequestDetails request) {
    return Caller.of(request)
        .filter(caller -> caller.is(Role.OPERATOR))
        .map(caller -> new Reader(caller.client(), caller.organisation(), caller.purpose()));
  }
}
