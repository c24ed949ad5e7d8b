package io.fingerpost.server.assessment;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import io.fingerpost.profiles.measures.ItemFault;
import io.fingerpost.profiles.measures.ScoringRefused;
import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Why nothing is made of a response, as its sender is told: codes and what to do, no answers. */
enum ExtractRefused {
  RESPONSE_NOT_COMPLETED(
      "QuestionnaireResponse.status",
      "Nothing is made of answers before they are completed. Set status to completed, or to"
          + " amended after a change."),
  QUESTIONNAIRE_UNKNOWN(
      "QuestionnaireResponse.questionnaire",
      "The questions are not known here, or not in this version. Name a sheet that comes with the"
          + " program, or store the Questionnaire first."),
  RESPONSE_ALREADY_NAMED(
      "QuestionnaireResponse.id",
      "A response with an id is stored: call $extract on it. A new one is sent without an id."),
  RESPONSE_UNNAMED(
      "QuestionnaireResponse.identifier",
      "Give the response an identifier with system and value: by it the same response is known"
          + " when it comes again."),
  RESPONSE_OF_SOMEONE_ELSE(
      "QuestionnaireResponse.subject",
      "A response of another person is stored under this identifier. Give each response an"
          + " identifier of its own.");

  private final String location;
  private final String remedy;

  ExtractRefused(String location, String remedy) {
    this.location = location;
    this.remedy = remedy;
  }

  UnprocessableEntityException refusal() {
    OperationOutcome outcome = new OperationOutcome();
    addIssue(outcome, name(), location, remedy);
    return new UnprocessableEntityException(name(), outcome);
  }

  /** Each item that keeps a score from being made, by its code. */
  static UnprocessableEntityException of(ScoringRefused refused) {
    OperationOutcome outcome = new OperationOutcome();
    for (ItemFault fault : refused.faults()) {
      addIssue(outcome, fault.code().name(), "QuestionnaireResponse.item", fault.what());
    }
    return new UnprocessableEntityException("SCORE_REFUSED", outcome);
  }

  private static void addIssue(
      OperationOutcome outcome, String code, String location, String remedy) {
    OperationOutcome.OperationOutcomeIssueComponent issue = outcome.addIssue();
    issue.setSeverity(IssueSeverity.ERROR).setCode(IssueType.BUSINESSRULE);
    issue.getDetails().setText(remedy).addCoding().setSystem(SystemUrl.REFUSAL.url()).setCode(code);
    issue.addExpression(location);
  }
}
