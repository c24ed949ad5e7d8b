package io.fingerpost.server.referral;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.terminology.SystemUrl;
import java.util.Collection;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * What a client is told that wants a referral where it cannot be: states by their names, and never
 * a value that was sent.
 */
final class ReferralRefusal {

  /** Stable: clients may act on them. */
  enum Code {
    REFERRAL_MOVE_ILLEGAL,
    REFERRAL_STATE_UNCLEAR,
    REFERRAL_CONTRADICTED
  }

  private ReferralRefusal() {}

  static UnprocessableEntityException beginning(Collection<ReferralState> open) {
    return of(
        Code.REFERRAL_MOVE_ILLEGAL,
        "Task.businessStatus",
        "A referral does not begin there. This client may begin with: " + names(open) + ".");
  }

  static UnprocessableEntityException move(ReferralState from, Collection<ReferralState> open) {
    return of(
        Code.REFERRAL_MOVE_ILLEGAL,
        "Task.businessStatus",
        "The referral is "
            + from.code()
            + ". This client may move it from there to: "
            + names(open)
            + ".");
  }

  static UnprocessableEntityException unclear() {
    return of(
        Code.REFERRAL_STATE_UNCLEAR,
        "Task.businessStatus",
        "Status and business status do not agree, or one of them is none of a referral's. Write one"
            + " of the two, or a pair of the table of states.");
  }

  /**
   * @param location of the element that says otherwise
   */
  static UnprocessableEntityException contradicted(ReferralState state, String location) {
    return of(
        Code.REFERRAL_CONTRADICTED,
        location,
        location
            + " contradicts the referral, whose Task is "
            + state.code()
            + ". Move the Task, or mend the record.");
  }

  static UnprocessableEntityException otherwise(Code code, String location, String what) {
    return of(code, location, what);
  }

  private static String names(Collection<ReferralState> states) {
    return states.isEmpty()
        ? "no other state"
        : states.stream().map(ReferralState::code).collect(Collectors.joining(", "));
  }

  private static UnprocessableEntityException of(Code code, String location, String what) {
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.ERROR)
        .setCode(IssueType.BUSINESSRULE)
        .setDiagnostics(what)
        .setDetails(
            new CodeableConcept()
                .addCoding(new Coding().setSystem(SystemUrl.REFUSAL.url()).setCode(code.name())))
        .addExpression(location);
    return new UnprocessableEntityException(code.name(), outcome);
  }
}
