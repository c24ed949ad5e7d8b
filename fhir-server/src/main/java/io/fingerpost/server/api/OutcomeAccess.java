package io.fingerpost.server.api;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import io.fingerpost.server.audit.Decided;
import io.fingerpost.server.audit.DecisionAudit;
import io.fingerpost.server.consent.decision.Recipient;
import io.fingerpost.server.consent.enforcement.ShareDecisions;
import io.fingerpost.server.outcomes.Extract;
import io.fingerpost.server.outcomes.ExtractAccess;
import io.fingerpost.server.outcomes.SecondaryUse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;

/**
 * Outcome tables are for data teams, of the people who agreed to that use: each person is asked
 * about for the purpose the client's token states, and what left is on record.
 */
final class OutcomeAccess implements ExtractAccess {

  private final DaoRegistry daos;
  private final ShareDecisions decisions;
  private final DecisionAudit audit;

  OutcomeAccess(DaoRegistry daos, ShareDecisions decisions, DecisionAudit audit) {
    this.daos = daos;
    this.decisions = decisions;
    this.audit = audit;
  }

  @Override
  public boolean permits(RequestDetails request) {
    return Caller.of(request).map(caller -> caller.is(Role.ANALYST)).orElse(false);
  }

  /** By the person's own Patient: a label on it holds back everything about them. */
  @Override
  public SecondaryUse secondaryUse(RequestDetails request) {
    Optional<Caller> caller = Caller.of(request);
    return person -> caller.map(asker -> permits(asker, person)).orElse(false);
  }

  private boolean permits(Caller asker, String person) {
    Patient patient =
        daos.getResourceDao(Patient.class).read(new IdType(person), new SystemRequestDetails());
    Recipient recipient = new Recipient(asker.organisation(), asker.kind());
    return decisions
        .decide(recipient, asker.purpose(), patient, new ConcurrentHashMap<>())
        .permits();
  }

  @Override
  public void record(RequestDetails request, String table, Extract extract) {
    Caller caller = Caller.of(request).orElseThrow();
    audit.record(
        Set.of(
            new Decided(
                caller.client(),
                caller.organisation(),
                caller.purpose(),
                Set.of(),
                "",
                true,
                "EXTRACT_" + table.toUpperCase(Locale.ROOT),
                "")));
  }
}
