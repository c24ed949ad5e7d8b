package io.fingerpost.routes.inbound.gp;

import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.reliability.Refusal;
import io.fingerpost.terminology.SystemUrl;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Resource;

/**
 * The HTTP status, FHIR issue type and BaRS code of every way a message can be answered: the table
 * of {@code docs/connecting-a-sender.md}. 409 and {@code duplicate} mean one thing only, since a
 * sender stops repeating on it: the message is stored already.
 */
final class GpAnswers {

  /** One answer as it goes back. */
  record Answer(int status, Resource body) {}

  private record Kind(int status, IssueType type, String bars) {}

  private static final String BARS_ERRORS = "https://fhir.nhs.uk/Codesystem/http-error-codes";
  private static final String BAD_REQUEST = "REC_BAD_REQUEST";
  private static final String FORBIDDEN = "REC_FORBIDDEN";
  private static final String UNPROCESSABLE = "REC_UNPROCESSABLE_ENTITY";
  private static final Map<Code, Kind> KINDS = kinds();

  private GpAnswers() {}

  private static Map<Code, Kind> kinds() {
    Map<Code, Kind> kinds = new EnumMap<>(Code.class);
    // the message cannot be read, or says in its header that it is something else
    kinds.put(Code.MESSAGE_MALFORMED, new Kind(400, IssueType.STRUCTURE, BAD_REQUEST));
    kinds.put(Code.HEADER_MISSING, new Kind(400, IssueType.REQUIRED, BAD_REQUEST));
    kinds.put(Code.EVENT_UNKNOWN, new Kind(400, IssueType.NOTSUPPORTED, BAD_REQUEST));
    kinds.put(Code.REASON_UNSUPPORTED, new Kind(400, IssueType.NOTSUPPORTED, BAD_REQUEST));
    kinds.put(Code.VERSION_UNSUPPORTED, new Kind(400, IssueType.NOTSUPPORTED, BAD_REQUEST));
    kinds.put(Code.PROCESSING_ID_UNSUPPORTED, new Kind(400, IssueType.NOTSUPPORTED, BAD_REQUEST));
    kinds.put(Code.MESSAGE_TOO_LARGE, new Kind(413, IssueType.TOOLONG, BAD_REQUEST));
    kinds.put(Code.TYPE_UNSUPPORTED, new Kind(415, IssueType.NOTSUPPORTED, BAD_REQUEST));
    kinds.put(Code.CHARSET_UNSUPPORTED, new Kind(415, IssueType.NOTSUPPORTED, BAD_REQUEST));
    // the organisation may not send it
    kinds.put(Code.SENDER_UNKNOWN, new Kind(403, IssueType.FORBIDDEN, FORBIDDEN));
    kinds.put(Code.SENDER_MISMATCH, new Kind(403, IssueType.FORBIDDEN, FORBIDDEN));
    // the content has to be mended
    kinds.put(Code.CONSENT_MISSING, new Kind(422, IssueType.REQUIRED, UNPROCESSABLE));
    kinds.put(Code.REFERENCE_DANGLING, new Kind(422, IssueType.NOTFOUND, UNPROCESSABLE));
    kinds.put(Code.NHS_NUMBER_INVALID, new Kind(422, IssueType.VALUE, UNPROCESSABLE));
    kinds.put(Code.PERSON_UNIDENTIFIED, new Kind(422, IssueType.REQUIRED, UNPROCESSABLE));
    kinds.put(Code.PERSON_MISMATCH, new Kind(422, IssueType.BUSINESSRULE, UNPROCESSABLE));
    kinds.put(Code.REFERRAL_KNOWN, new Kind(422, IssueType.BUSINESSRULE, UNPROCESSABLE));
    kinds.put(Code.REFERRAL_UNKNOWN, new Kind(422, IssueType.NOTFOUND, UNPROCESSABLE));
    kinds.put(Code.REFERRAL_CANCELLED, new Kind(422, IssueType.BUSINESSRULE, UNPROCESSABLE));
    kinds.put(Code.REFERRAL_MOVE_ILLEGAL, new Kind(422, IssueType.BUSINESSRULE, UNPROCESSABLE));
    kinds.put(Code.FIELD_MISSING, new Kind(422, IssueType.REQUIRED, UNPROCESSABLE));
    kinds.put(Code.FIELD_INVALID, new Kind(422, IssueType.VALUE, UNPROCESSABLE));
    kinds.put(Code.PROFILE_VIOLATED, new Kind(422, IssueType.INVARIANT, UNPROCESSABLE));
    kinds.put(Code.MESSAGE_ID_REUSED, new Kind(422, IssueType.BUSINESSRULE, UNPROCESSABLE));
    kinds.put(Code.DECRYPTION_FAILED, new Kind(422, IssueType.SECURITY, UNPROCESSABLE));
    kinds.put(Code.SIGNATURE_INVALID, new Kind(422, IssueType.SECURITY, UNPROCESSABLE));
    kinds.put(Code.MESSAGE_DISCARDED, new Kind(422, IssueType.BUSINESSRULE, UNPROCESSABLE));
    kinds.put(Code.MESSAGE_STORED_BEFORE, new Kind(422, IssueType.BUSINESSRULE, UNPROCESSABLE));
    return kinds;
  }

  static Answer refused(Refusal refusal) {
    Kind kind = Objects.requireNonNull(KINDS.get(Code.valueOf(refusal.code())), refusal.code());
    OperationOutcome outcome = outcome(kind, refusal.remedy());
    OperationOutcomeIssueComponent issue = outcome.getIssueFirstRep();
    issue.getDetails().addCoding().setSystem(SystemUrl.REFUSAL.url()).setCode(refusal.code());
    for (String place : refusal.location().split(", ", -1)) {
      if (place.startsWith("header:")) {
        // FHIRPath has no word for an HTTP header; this is how FHIR names one.
        issue.addLocation("http." + place.substring("header:".length()).strip());
      } else {
        issue.addExpression(place);
      }
    }
    return new Answer(kind.status(), outcome);
  }

  /** What is said beside an answer that is no fault. */
  static OperationOutcome warning(Refusal why) {
    OperationOutcome outcome = new OperationOutcome();
    OperationOutcomeIssueComponent issue = outcome.addIssue();
    issue.setSeverity(IssueSeverity.WARNING).setCode(IssueType.BUSINESSRULE);
    issue.setDiagnostics(why.remedy()).addExpression("Patient.identifier");
    issue.getDetails().addCoding().setSystem(SystemUrl.REFUSAL.url()).setCode(why.code());
    return outcome;
  }

  static Answer duplicate() {
    return new Answer(
        409,
        outcome(
            new Kind(409, IssueType.DUPLICATE, "REC_CONFLICT"),
            "This message was received and is kept. Do not send it again."));
  }

  /** That a message was understood and changed nothing, and why. */
  static OperationOutcome noted(Outcome.Note note) {
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.INFORMATION)
        .setCode(IssueType.INFORMATIONAL)
        .setDiagnostics(
            note == Outcome.Note.KNOWN_ALREADY
                ? "KNOWN_ALREADY: nothing was changed, since what you say is known already."
                : note + ": nothing was changed, since you have said something newer before.");
    return outcome;
  }

  static Answer failed() {
    return new Answer(
        503,
        outcome(
            new Kind(503, IssueType.TRANSIENT, "REC_SERVICE_UNAVAILABLE"),
            "The fault is ours. Send the same message with the same ids again, later."));
  }

  private static OperationOutcome outcome(Kind kind, String diagnostics) {
    OperationOutcome outcome = new OperationOutcome();
    OperationOutcomeIssueComponent issue = outcome.addIssue();
    issue.setSeverity(IssueSeverity.ERROR).setCode(kind.type()).setDiagnostics(diagnostics);
    issue.getDetails().addCoding().setSystem(BARS_ERRORS).setCode(kind.bars());
    return outcome;
  }
}
