package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.terminology.SystemUrl;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/**
 * Turns what a row asks for into a ServiceRequest.
 *
 * <pre>
 * reference,need,reason,priority,referred_on,notes
 * WX-2026-0012,loneliness;money,Lost touch with everyone since he retired,routine,2026-03-02,Prefers mornings.
 * </pre>
 */
final class RequestColumns {

  private static final String SOCIAL_PRESCRIBING_REFERRAL = "871731000000106";
  private static final String SOURCE_OF_REQUEST =
      "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-SourceOfServiceRequest";

  /** Letters, digits and few signs: it stands in files that spreadsheets open. */
  private static final String REFERENCE = "[A-Za-z0-9][A-Za-z0-9 ._/:#()-]{0,99}";

  private final CouncilCodes codes;
  private final RowDates dates;

  RequestColumns(CouncilCodes codes, RowDates dates) {
    this.codes = codes;
    this.dates = dates;
  }

  ServiceRequest toServiceRequest(CouncilRow row, String sender) {
    ServiceRequest request = new ServiceRequest();
    request.setStatus(ServiceRequestStatus.ACTIVE).setIntent(ServiceRequestIntent.ORDER);
    request.addIdentifier(reference(row, sender));
    request.addExtension(SOURCE_OF_REQUEST, coded(SystemUrl.REFERRAL_SOURCE, "social-care-worker"));
    request.addCategory(coded(SystemUrl.MESSAGE_CATEGORY, "referral"));
    CodeableConcept code = coded(SystemUrl.SNOMED_CT, SOCIAL_PRESCRIBING_REFERRAL);
    code.getCodingFirstRep().setDisplay("Referral to social prescribing service");
    request.setCode(code);
    priority(row).ifPresent(request::setPriority);
    request.setAuthoredOnElement(
        RowDates.dateTime(dates.past(row, Field.REFERRED_ON).orElse(dates.received())));
    row.each(Field.NEED).forEach(need -> request.addReasonCode(codes.concept(Field.NEED, need)));
    row.text(Field.REASON).ifPresent(said -> request.addReasonCode().setText(said));
    row.text(Field.NOTES).ifPresent(note -> request.addNote().setText(note));
    ContactColumns.note(row).ifPresent(note -> request.addNote().setText(note));
    ConsentColumns.notes(row).forEach(note -> request.addNote().setText(note));
    return request;
  }

  /**
   * @throws MessageRefused where there is none, or one that could not stand in a result file
   */
  static String requireReference(CouncilRow row) {
    row.required(Field.REFERENCE, "Give each referral a reference of your own.");
    String reference = row.reference();
    if (reference.isEmpty()) {
      throw MessageRefused.invalid(
          Field.REFERENCE.header(),
          "Send the referral's own reference, not the person's NHS number.");
    }
    if (!isReference(reference)) {
      throw MessageRefused.invalid(
          Field.REFERENCE.header(),
          "Send at most 100 letters, digits, blanks and . _ / : # ( ) -, the first a letter or"
              + " digit.");
    }
    return reference;
  }

  static boolean isReference(String text) {
    return text.matches(REFERENCE);
  }

  private static Identifier reference(CouncilRow row, String sender) {
    return new Identifier()
        .setSystem(SystemUrl.REFERRAL_ID.url())
        .setValue(requireReference(row))
        .setAssigner(new Reference().setIdentifier(new OdsCode(sender).toIdentifier()));
  }

  /** Urgency must not be lost, so a word nobody mapped is refused. */
  private Optional<ServiceRequestPriority> priority(CouncilRow row) {
    return row.text(Field.PRIORITY)
        .map(
            sent ->
                codes
                    .translate(Field.PRIORITY, sent)
                    .code()
                    .map(ServiceRequestPriority::fromCode)
                    .orElseThrow(
                        () ->
                            MessageRefused.invalid(
                                Field.PRIORITY.header(),
                                "Write routine, urgent, asap or stat, or leave it empty.")));
  }

  private static CodeableConcept coded(SystemUrl system, String code) {
    return new CodeableConcept().addCoding(new Coding().setSystem(system.url()).setCode(code));
  }
}
