package io.fingerpost.routes.inbound.self;

import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.terminology.SystemUrl;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/**
 * What a web form is answered: a reference to tell the person, or every fault at once. Nothing in
 * it says whether the person was known.
 */
record FormAnswer(int status, Resource body) {

  private record Kind(int status, IssueType type) {}

  private static final Map<Code, Kind> KINDS =
      Map.ofEntries(
          Map.entry(Code.MESSAGE_MALFORMED, new Kind(400, IssueType.STRUCTURE)),
          Map.entry(Code.SENDER_UNKNOWN, new Kind(403, IssueType.FORBIDDEN)),
          Map.entry(Code.MESSAGE_TOO_LARGE, new Kind(413, IssueType.TOOLONG)),
          Map.entry(Code.TYPE_UNSUPPORTED, new Kind(415, IssueType.NOTSUPPORTED)),
          Map.entry(Code.CHARSET_UNSUPPORTED, new Kind(415, IssueType.NOTSUPPORTED)),
          Map.entry(Code.FIELD_MISSING, new Kind(422, IssueType.REQUIRED)),
          Map.entry(Code.FIELD_INVALID, new Kind(422, IssueType.VALUE)),
          Map.entry(Code.NHS_NUMBER_INVALID, new Kind(422, IssueType.VALUE)));

  private static final Kind OTHER = new Kind(422, IssueType.BUSINESSRULE);

  static FormAnswer taken(UUID reference) {
    Parameters parameters = new Parameters();
    parameters.addParameter("reference", new StringType(reference.toString()));
    return new FormAnswer(200, parameters);
  }

  static FormAnswer refused(List<Fault> faults) {
    OperationOutcome outcome = new OperationOutcome();
    for (Fault fault : faults) {
      OperationOutcome.OperationOutcomeIssueComponent issue =
          outcome
              .addIssue()
              .setSeverity(IssueSeverity.ERROR)
              .setCode(kind(fault).type())
              .setDiagnostics(fault.remedy());
      issue
          .getDetails()
          .addCoding()
          .setSystem(SystemUrl.REFUSAL.url())
          .setCode(fault.code().name());
      if (fault.expression().startsWith("header:")) {
        issue.addLocation("http." + fault.expression().substring("header:".length()));
      } else if (!fault.expression().isEmpty()) {
        issue.addExpression(fault.expression());
      }
    }
    return new FormAnswer(kind(faults.get(0)).status(), outcome);
  }

  static FormAnswer failed() {
    OperationOutcome outcome = new OperationOutcome();
    OperationOutcome.OperationOutcomeIssueComponent issue =
        outcome
            .addIssue()
            .setSeverity(IssueSeverity.ERROR)
            .setCode(IssueType.TRANSIENT)
            .setDiagnostics("The fault is ours. Send the same form again, later.");
    issue.getDetails().addCoding().setSystem(SystemUrl.REFUSAL.url()).setCode("FAILED");
    return new FormAnswer(503, outcome);
  }

  private static Kind kind(Fault fault) {
    return KINDS.getOrDefault(fault.code(), OTHER);
  }
}
