package io.fingerpost.server.matching;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Why a decision about a held message is not taken, as the client is told. */
enum MatchRefused {
  MATCH_UNKNOWN(
      "Task", "There is no held message's Task, and no person, of this id. See Task?identifier=…"),
  MATCH_DECIDED(
      "Task", "Somebody has decided already. The Task and its Provenance say what, who and when."),
  MATCH_DECISION_MISSING(
      "Parameters.parameter.where(name = 'decision')", "Say same, different or wrong-number."),
  MATCH_REASON_MISSING(
      "Parameters.parameter.where(name = 'reason')",
      "Say in 10 to 1000 characters how you know, and who decided it."),
  MATCH_PERSON_UNCLEAR(
      "Parameters.parameter.where(name = 'patient')",
      "For same, name one of the people the Task shows as known, as Patient/id; where there is only"
          + " one it may be left out. For the other decisions leave it out."),
  MATCH_TASK_KEPT(
      "Task",
      "A Task that asks whom a message is about is written by the program alone. Decide by"
          + " $match-decision.");

  private final String location;
  private final String remedy;

  MatchRefused(String location, String remedy) {
    this.location = location;
    this.remedy = remedy;
  }

  BaseServerResponseException refusal() {
    OperationOutcome outcome = new OperationOutcome();
    OperationOutcome.OperationOutcomeIssueComponent issue = outcome.addIssue();
    issue.setSeverity(IssueSeverity.ERROR).addExpression(location);
    issue
        .getDetails()
        .setText(remedy)
        .addCoding()
        .setSystem(SystemUrl.REFUSAL.url())
        .setCode(name());
    if (this == MATCH_UNKNOWN) {
      issue.setCode(IssueType.NOTFOUND);
      return new ResourceNotFoundException(name(), outcome);
    }
    if (this == MATCH_DECIDED) {
      issue.setCode(IssueType.CONFLICT);
      return new ResourceVersionConflictException(name(), outcome);
    }
    issue.setCode(IssueType.BUSINESSRULE);
    return new UnprocessableEntityException(name(), outcome);
  }
}
