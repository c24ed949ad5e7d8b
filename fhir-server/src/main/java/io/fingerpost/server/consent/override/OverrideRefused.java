package io.fingerpost.server.consent.override;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Why an override is not granted or not ended, as the client is told. */
enum OverrideRefused {
  OVERRIDE_REASON_MISSING(
      "Parameters.parameter.where(name = 'reason')",
      "Say in 10 to 1000 characters why consent is set aside, and who decided it."),
  OVERRIDE_PERSON_MISSING(
      "Parameters.parameter.where(name = 'patient')",
      "Say whom it is about: patient, as a reference Patient/id or with the NHS number as"
          + " identifier."),
  OVERRIDE_PERSON_UNKNOWN(
      "Parameters.parameter.where(name = 'patient')",
      "Nobody of this id or number is known to this scheme. The attempt is on record."),
  OVERRIDE_NOT_IN_FORCE(
      "Parameters.parameter.where(name = 'override')",
      "No override of this id is in force. See $overrides.");

  private final String location;
  private final String remedy;

  OverrideRefused(String location, String remedy) {
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
    if (this == OVERRIDE_PERSON_UNKNOWN || this == OVERRIDE_NOT_IN_FORCE) {
      issue.setCode(IssueType.NOTFOUND);
      return new ResourceNotFoundException(name(), outcome);
    }
    issue.setCode(IssueType.BUSINESSRULE);
    return new UnprocessableEntityException(name(), outcome);
  }
}
