package io.fingerpost.routes.inbound.gp;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/**
 * What a message asks for: BaRS says it by the reason of the message together with the status of
 * its ServiceRequest.
 */
enum GpWish {
  /** Reason {@code new}. */
  REFER,
  /** Reason {@code update}, the referral still {@code active}. */
  CHANGE,
  /** Reason {@code update} or {@code delete}, the referral {@code revoked}. */
  TAKE_BACK,
  /** Reason {@code delete}, the referral {@code entered-in-error}. */
  UNDO;

  static GpWish of(String reason, ServiceRequest request) {
    if (reason.equals("new")) {
      return REFER;
    }
    ServiceRequestStatus status = request.getStatus();
    if (status == null) {
      throw MessageRefused.missing("ServiceRequest.status", meaningOf(reason));
    }
    boolean isUpdate = reason.equals("update");
    if (status == ServiceRequestStatus.REVOKED) {
      return TAKE_BACK;
    }
    if (isUpdate && status == ServiceRequestStatus.ACTIVE) {
      return CHANGE;
    }
    if (!isUpdate && status == ServiceRequestStatus.ENTEREDINERROR) {
      return UNDO;
    }
    throw MessageRefused.invalid("ServiceRequest.status", meaningOf(reason));
  }

  private static String meaningOf(String reason) {
    return reason.equals("update")
        ? "With reason update, active changes the referral and revoked takes it back."
        : "With reason delete, revoked takes the referral back and entered-in-error says that it"
            + " should never have been sent.";
  }

  /** {@code new}, {@code update} or {@code delete}. */
  static String reason(MessageHeader header) {
    CodeableConcept reason = header.getReason();
    if (reason.isEmpty()) {
      throw MessageRefused.missing("MessageHeader.reason", "A new referral has reason new.");
    }
    String code = reason.getCodingFirstRep().getCode();
    if (reason.getCoding().size() != 1
        || !SystemUrl.MESSAGE_REASON.url().equals(reason.getCodingFirstRep().getSystem())
        || code == null
        || !code.matches("new|update|delete")) {
      throw new MessageRefused(
          Code.REASON_UNSUPPORTED,
          "MessageHeader.reason",
          "Send reason new, update or delete of " + SystemUrl.MESSAGE_REASON.url() + ".");
    }
    return code;
  }
}
