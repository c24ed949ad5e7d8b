package io.fingerpost.server.vocabulary;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** What a client is told when a question about codes cannot be answered. */
final class Refused {

  private Refused() {}

  static BaseServerResponseException unknown() {
    return new ResourceNotFoundException(
        "DEFINITION_UNKNOWN",
        outcome(
            IssueType.NOTFOUND,
            "DEFINITION_UNKNOWN",
            "There is no such definition here. Search CodeSystem, ValueSet, ConceptMap or"
                + " StructureDefinition for those there are."));
  }

  static BaseServerResponseException unknownCode() {
    return new ResourceNotFoundException(
        "CODE_UNKNOWN",
        outcome(IssueType.NOTFOUND, "CODE_UNKNOWN", "The code system has no such code."));
  }

  static BaseServerResponseException missing(String parameters) {
    return new InvalidRequestException(
        "PARAMETER_MISSING",
        outcome(IssueType.REQUIRED, "PARAMETER_MISSING", "Send " + parameters + "."));
  }

  static BaseServerResponseException notTaken(String taken) {
    return new InvalidRequestException(
        "PARAMETER_NOT_TAKEN",
        outcome(
            IssueType.NOTSUPPORTED,
            "PARAMETER_NOT_TAKEN",
            "Taken are: " + taken + ". Others are not quietly ignored."));
  }

  static BaseServerResponseException tooLarge(int most) {
    return new UnprocessableEntityException(
        "EXPANSION_TOO_LARGE",
        outcome(
            IssueType.TOOCOSTLY,
            "EXPANSION_TOO_LARGE",
            "At most "
                + most
                + " codes are given at once. Ask for a page with 'count' and"
                + " 'offset', or narrow it with 'filter'."));
  }

  static BaseServerResponseException notExpandable() {
    return new UnprocessableEntityException(
        "EXPANSION_IMPOSSIBLE",
        outcome(
            IssueType.NOTSUPPORTED,
            "EXPANSION_IMPOSSIBLE",
            "The value set takes in codes that are not at hand here."));
  }

  static BaseServerResponseException silent() {
    BaseServerResponseException refused =
        new UnclassifiedServerFailureException(503, "TERMINOLOGY_SERVER_SILENT");
    refused.setOperationOutcome(
        outcome(
            IssueType.TRANSIENT,
            "TERMINOLOGY_SERVER_SILENT",
            "The terminology server that knows this does not answer. Try again later."));
    return refused;
  }

  private static OperationOutcome outcome(IssueType type, String code, String help) {
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.ERROR)
        .setCode(type)
        .setDiagnostics(help)
        .getDetails()
        .addCoding()
        .setSystem(SystemUrl.REFUSAL.url())
        .setCode(code);
    return outcome;
  }
}
