package io.fingerpost.profiles;

import io.fingerpost.terminology.SystemUrl;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;

/** All faults of one resource or Bundle as the one OperationOutcome its sender gets. */
public final class FaultReport {
  private FaultReport() {}

  public static OperationOutcome of(List<Fault> faults) {
    OperationOutcome outcome = new OperationOutcome();
    for (Fault fault : faults) {
      OperationOutcome.OperationOutcomeIssueComponent issue = outcome.addIssue();
      issue.setSeverity(IssueSeverity.ERROR).setCode(FaultKind.issueOf(fault.code()));
      issue
          .getDetails()
          .setText(fault.what())
          .addCoding()
          .setSystem(SystemUrl.REFUSAL.url())
          .setCode(fault.code());
      if (!fault.location().isEmpty()) {
        issue.addExpression(fault.location());
      }
    }
    return outcome;
  }
}
