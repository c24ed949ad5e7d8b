package io.fingerpost.server.matching;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import io.fingerpost.profiles.matching.Descriptions;
import io.fingerpost.profiles.matching.Difference;
import io.fingerpost.profiles.matching.MatchDecision;
import io.fingerpost.profiles.matching.MatchTask;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import io.fingerpost.server.matching.Deciding.Decision;
import io.fingerpost.server.matching.People.Candidate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** Shows people at the scheme who might be whom, and takes what they decide. */
public final class MatchOperations {

  private final People people;
  private final Deciding deciding;

  MatchOperations(People people, Deciding deciding) {
    this.people = people;
    this.deciding = deciding;
  }

  /**
   * Decides whom a held message is about; the message is taken up again within seconds.
   *
   * @param decision {@code same}, {@code different} or {@code wrong-number}
   * @param patient for {@code same}: which of the people known, where there are several
   * @param reason how it is known and who decided it, in 10 to 1000 characters
   * @return Parameters: task, decision and, for {@code same}, patient
   */
  @Operation(name = "$match-decision", typeName = "Task")
  public Parameters decide(
      @IdParam IdType id,
      @OperationParam(name = "decision") @Nullable CodeType decision,
      @OperationParam(name = "patient") @Nullable Reference patient,
      @OperationParam(name = "reason") @Nullable StringType reason,
      RequestDetails request) {
    Caller caller = require(request, Role.SCHEME, Role.OPERATOR);
    Task task = people.matchTask(id.getIdPart()).orElseThrow(MatchRefused.MATCH_UNKNOWN::refusal);
    MatchDecision what =
        MatchDecision.of(decision == null ? "" : decision.getValueNotNull())
            .orElseThrow(MatchRefused.MATCH_DECISION_MISSING::refusal);
    String why = reason == null ? "" : reason.getValueNotNull().strip();
    if (why.length() < 10 || why.length() > 1000) {
      throw MatchRefused.MATCH_REASON_MISSING.refusal();
    }
    Optional<String> named =
        Optional.ofNullable(patient)
            .map(one -> one.getReferenceElement().toUnqualifiedVersionless().getValue());
    Optional<String> person = deciding.take(task, new Decision(what, named, why, caller));
    Parameters answer = new Parameters();
    answer.addParameter("task", new Reference("Task/" + id.getIdPart()));
    answer.addParameter("decision", new CodeType(what.code()));
    person.ifPresent(one -> answer.addParameter("patient", new Reference(one)));
    return answer;
  }

  /**
   * Whom a held message may be about.
   *
   * @return Parameters: {@code sent}; each person {@code known} by the identifier, with what does
   *     not agree; each {@code candidate}, with what does
   */
  @Operation(name = "$match-candidates", typeName = "Task", idempotent = true)
  public Parameters ofMessage(@IdParam IdType id, RequestDetails request) {
    require(request, Role.SCHEME);
    Task task = people.matchTask(id.getIdPart()).orElseThrow(MatchRefused.MATCH_UNKNOWN::refusal);
    Patient sent = MatchTask.sentIn(task).orElseThrow(MatchRefused.MATCH_UNKNOWN::refusal);
    Parameters answer = new Parameters();
    answer.addParameter().setName("sent").setResource(sent);
    for (String known : MatchTask.knownIn(task)) {
      people
          .survivor(known.substring("Patient/".length()))
          .ifPresent(one -> describe(sent, one, answer.addParameter().setName("known")));
    }
    candidates(sent, new HashSet<>(MatchTask.knownIn(task)), answer);
    return answer;
  }

  /**
   * Who else a person may be; for those known by a sender's own number alone.
   *
   * @return Parameters: each {@code candidate}, with what is alike
   */
  @Operation(name = "$match-candidates", typeName = "Patient", idempotent = true)
  public Parameters ofPerson(@IdParam IdType id, RequestDetails request) {
    require(request, Role.SCHEME);
    Patient person =
        people.patient(id.getIdPart()).orElseThrow(MatchRefused.MATCH_UNKNOWN::refusal);
    Parameters answer = new Parameters();
    candidates(person, Set.of("Patient/" + id.getIdPart()), answer);
    return answer;
  }

  private void candidates(Patient person, Set<String> butNot, Parameters answer) {
    for (Candidate candidate : people.like(person, butNot)) {
      ParametersParameterComponent part = answer.addParameter().setName("candidate");
      part.addPart().setName("patient").setResource(candidate.patient());
      candidate.alike().forEach(one -> word(part, "alike", one));
    }
  }

  private static void describe(Patient sent, Patient known, ParametersParameterComponent part) {
    part.addPart().setName("patient").setResource(known);
    for (Difference difference : Descriptions.differences(sent, known)) {
      word(part, "difference", difference.code());
    }
  }

  private static void word(ParametersParameterComponent part, String name, String code) {
    part.addPart().setName(name).setValue(new CodeType(code));
  }

  private static Caller require(RequestDetails request, Role... roles) {
    return Caller.of(request)
        .filter(caller -> List.of(roles).stream().anyMatch(caller::is))
        .orElseThrow(() -> new ForbiddenOperationException("not open to partners"));
  }
}
