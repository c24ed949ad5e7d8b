package io.fingerpost.server.matching;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import io.fingerpost.profiles.Profile;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.profiles.matching.MatchDecision;
import io.fingerpost.profiles.matching.MatchTask;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.audit.Decided;
import io.fingerpost.server.audit.DecisionAudit;
import io.fingerpost.terminology.SystemUrl;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a decision about a held message: the Task, what the keepers of the message read, and who
 * decided when and why become true together, once.
 */
final class Deciding {

  private final People people;
  private final DaoRegistry daos;
  private final DecisionTable table;
  private final DecisionAudit audit;
  private final TransactionTemplate transactions;
  private final Clock clock;

  Deciding(
      People people,
      DaoRegistry daos,
      DecisionTable table,
      DecisionAudit audit,
      TransactionTemplate transactions,
      Clock clock) {
    this.people = people;
    this.daos = daos;
    this.table = table;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * What somebody decided.
   *
   * @param patient {@code Patient/<id>}, where one was named
   */
  record Decision(MatchDecision what, Optional<String> patient, String reason, Caller by) {}

  /** Gives {@code Patient/<id>} of the one it is the same as. */
  Optional<String> take(Task task, Decision decision) {
    if (task.getStatus() != TaskStatus.REQUESTED) {
      throw MatchRefused.MATCH_DECIDED.refusal();
    }
    Optional<String> person = person(task, decision);
    transactions.executeWithoutResult(status -> write(task, decision, person));
    return person;
  }

  /** Whoever is left of the one who was meant. */
  private Optional<String> person(Task task, Decision decision) {
    boolean same = decision.what() == MatchDecision.SAME;
    Set<String> meant = new LinkedHashSet<>(MatchTask.knownIn(task));
    decision.patient().ifPresent(one -> meant.removeIf(known -> !known.equals(one)));
    if (same ? meant.size() != 1 : decision.patient().isPresent()) {
      throw MatchRefused.MATCH_PERSON_UNCLEAR.refusal();
    }
    return same
        ? Optional.of(
            people
                .survivor(meant.iterator().next().substring("Patient/".length()))
                .map(Deciding::referenceTo)
                .orElseThrow(MatchRefused.MATCH_PERSON_UNCLEAR::refusal))
        : Optional.empty();
  }

  private void write(Task task, Decision decision, Optional<String> person) {
    Instant now = clock.instant();
    String reference = "Task/" + task.getIdElement().getIdPart();
    DecisionTable.Row row =
        new DecisionTable.Row(
            reference,
            MatchTask.messageOf(task).orElseThrow(MatchRefused.MATCH_UNKNOWN::refusal),
            MatchTask.sentIn(task)
                .map(sent -> MatchTask.subject(sent.getIdentifierFirstRep()))
                .orElseThrow(MatchRefused.MATCH_UNKNOWN::refusal),
            decision.what(),
            person);
    if (!table.add(row, now)) {
      throw MatchRefused.MATCH_DECIDED.refusal();
    }
    MatchTask.decide(task, decision.what(), person);
    task.setLastModified(Date.from(now));
    daos.getResourceDao(Task.class).update(task, MatchTasksKept.inOurName());
    daos.getResourceDao(Provenance.class)
        .create(provenance(reference, decision, now), new SystemRequestDetails());
    record(task, reference, decision, person);
  }

  private static Provenance provenance(String task, Decision decision, Instant now) {
    Provenance provenance = new Provenance().setRecorded(Date.from(now));
    provenance.getMeta().addProfile(Profile.PROVENANCE.url());
    provenance.addTarget(new Reference(task));
    provenance.setActivity(new CodeableConcept(decision.what().toCoding()));
    provenance.addReason().setText(decision.reason());
    provenance
        .addAgent()
        .setType(
            new CodeableConcept(
                new Coding(SystemUrl.PROVENANCE_PARTICIPANT_TYPE.url(), "author", null)))
        .setWho(identified(SystemUrl.CLIENT, decision.by().client()))
        .setOnBehalfOf(
            new Reference()
                .setIdentifier(new OdsCode(decision.by().organisation()).toIdentifier()));
    return provenance;
  }

  private static Reference identified(SystemUrl system, String value) {
    Reference reference = new Reference();
    reference.getIdentifier().setSystem(system.url()).setValue(value);
    return reference;
  }

  /** Last, for what is on record stays, whatever becomes of the transaction. */
  private void record(Task task, String reference, Decision decision, Optional<String> person) {
    Caller by = decision.by();
    audit.recordMatch(
        new Decided(
            by.client(),
            by.organisation(),
            by.purpose(),
            person.map(Set::of).orElseGet(() -> Set.copyOf(MatchTask.knownIn(task))),
            reference,
            true,
            DecisionAudit.MATCH_PERSON,
            ""),
        Map.of("decision", decision.what().code(), "stated", decision.reason()));
  }

  private static String referenceTo(Patient patient) {
    return "Patient/" + patient.getIdElement().getIdPart();
  }
}
