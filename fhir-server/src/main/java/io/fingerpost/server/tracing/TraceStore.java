package io.fingerpost.server.tracing;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import io.fingerpost.profiles.Profile;
import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.terminology.SystemUrl;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** People as tracing reads them, and what it writes of them: record, source and end together. */
final class TraceStore {

  private final DaoRegistry daos;
  private final TraceQueue queue;
  private final TransactionTemplate transactions;
  private final Clock clock;

  TraceStore(DaoRegistry daos, TraceQueue queue, TransactionTemplate transactions, Clock clock) {
    this.daos = daos;
    this.queue = queue;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Does it in a transaction of its own. */
  <T> @Nullable T committed(Supplier<@Nullable T> work) {
    return transactions.execute(status -> work.get());
  }

  Optional<Patient> patient(String reference) {
    try {
      return Optional.of(
          daos.getResourceDao(Patient.class)
              .read(new IdType(reference), new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException none) {
      return Optional.empty();
    }
  }

  /**
   * Takes up the answer to a question, unless something else is asked of the person by now: then
   * nothing is written, for it was about another description.
   */
  TraceOutcome takeUp(TraceQueue.Row row, PdsAnswer answer) {
    return transactions.execute(
        status -> {
          Instant now = clock.instant();
          Patient stored = patient(row.patient()).orElseThrow();
          Patient changed = stored.copy();
          TraceRules rules = new TraceRules(number -> isAnothers(number, row.patient()));
          TraceOutcome outcome = rules.apply(answer, changed);
          if (!queue.end(row, outcome, now)) {
            status.setRollbackOnly();
            return outcome;
          }
          if (!changed.equalsDeep(stored)) {
            daos.getResourceDao(Patient.class).update(changed, TraceOnWrite.inOurName());
            daos.getResourceDao(Provenance.class)
                .create(provenance(row.patient(), now), new SystemRequestDetails());
          }
          return outcome;
        });
  }

  private boolean isAnothers(NhsNumber number, String patient) {
    SearchParameterMap search =
        SearchParameterMap.newSynchronous()
            .add(Patient.SP_IDENTIFIER, new TokenParam(SystemUrl.NHS_NUMBER.url(), number.value()));
    return daos
        .getResourceDao(Patient.class)
        .search(search, new SystemRequestDetails())
        .getAllResources()
        .stream()
        .map(one -> one.getIdElement().toUnqualifiedVersionless().getValue())
        .anyMatch(one -> !one.equals(patient));
  }

  private static Provenance provenance(String patient, Instant now) {
    Provenance provenance = new Provenance().setRecorded(Date.from(now));
    provenance.getMeta().addProfile(Profile.PROVENANCE.url());
    provenance.addTarget(new Reference(patient));
    provenance.setActivity(
        new CodeableConcept(new Coding().setSystem(SystemUrl.MATCHING.url()).setCode("trace")));
    provenance
        .addAgent()
        .setType(
            new CodeableConcept(
                new Coding()
                    .setSystem(SystemUrl.PROVENANCE_PARTICIPANT_TYPE.url())
                    .setCode("author")))
        .setWho(new Reference().setDisplay("Personal Demographics Service"));
    return provenance;
  }
}
