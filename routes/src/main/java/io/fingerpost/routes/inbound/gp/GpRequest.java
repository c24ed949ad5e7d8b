package io.fingerpost.routes.inbound.gp;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.terminology.SystemUrl;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/** What is asked for, why and how urgently, in the sender's own codes. */
final class GpRequest {

  /** A message addressed to the scheme is a referral to it; BaRS leaves {@code code} optional. */
  private static final Coding REFERRAL_TO_SOCIAL_PRESCRIBING =
      new Coding(
          SystemUrl.SNOMED_CT.url(),
          "871731000000106",
          "Referral to social prescribing service (procedure)");

  private final ServiceRequest sent;
  private final OdsCode sender;
  private final GpMessage message;

  private GpRequest(ServiceRequest sent, OdsCode sender, GpMessage message) {
    this.sent = sent;
    this.sender = sender;
    this.message = message;
  }

  static ServiceRequest of(
      ServiceRequest sent, OdsCode sender, GpMessage message, Carried carried) {
    GpRequest request = new GpRequest(sent, sender, message);
    request.requireWanted();
    request.requireNew();
    return carried.finish(sent, request.request().setCode(request.code()));
  }

  /** What is asked for now; what is left out is left as it was. */
  static ServiceRequest changed(
      ServiceRequest sent, OdsCode sender, GpMessage message, Carried carried) {
    GpRequest request = new GpRequest(sent, sender, message);
    request.requireWanted();
    return carried.finish(sent, request.request());
  }

  private ServiceRequest request() {
    ServiceRequest part = new ServiceRequest();
    part.setIdentifier(identifiers());
    part.setStatus(ServiceRequestStatus.ACTIVE);
    part.setIntentElement(sent.getIntentElement());
    part.setCategory(sent.getCategory());
    part.setPriorityElement(sent.getPriority() == null ? null : sent.getPriorityElement());
    part.setCode(sent.getCode());
    part.setOrderDetail(sent.getOrderDetail());
    part.setOccurrence(sent.getOccurrence());
    part.setAuthoredOnElement(sent.getAuthoredOnElement());
    part.setReasonCode(reasons());
    part.setNote(sent.getNote());
    part.setPatientInstructionElement(sent.getPatientInstructionElement());
    part.setExtension(sent.getExtension());
    return part.copy();
  }

  private void requireNew() {
    if (sent.getStatus() == null) {
      throw MessageRefused.missing("ServiceRequest.status", "A new referral has status active.");
    }
    if (sent.getStatus() != ServiceRequestStatus.ACTIVE) {
      throw MessageRefused.invalid("ServiceRequest.status", "A new referral has status active.");
    }
    if (sent.getAuthoredOn() == null) {
      throw MessageRefused.missing("ServiceRequest.authoredOn", "Say when the referral was made.");
    }
  }

  private void requireWanted() {
    if (sent.getIntent() == null) {
      throw MessageRefused.missing("ServiceRequest.intent", "BaRS referrals have intent plan.");
    }
    if (Boolean.TRUE.equals(sent.getDoNotPerformElement().getValue())) {
      throw MessageRefused.invalid(
          "ServiceRequest.doNotPerform", "Refer only for what is to be done.");
    }
    requireReferral(sent);
  }

  /** BaRS validation requests come as the same event; they ask for another service. */
  static void requireReferral(ServiceRequest sent) {
    boolean another =
        sent.getCategory().stream()
            .flatMap(category -> category.getCoding().stream())
            .filter(coding -> SystemUrl.MESSAGE_CATEGORY.url().equals(coding.getSystem()))
            .anyMatch(coding -> !"referral".equals(coding.getCode()));
    if (another) {
      throw MessageRefused.invalid(
          "ServiceRequest.category", "Send category referral of the message categories.");
    }
  }

  private List<Identifier> identifiers() {
    List<Identifier> all = new ArrayList<>(sent.getIdentifier());
    boolean isThere =
        all.stream().anyMatch(each -> SystemUrl.REFERRAL_ID.url().equals(each.getSystem()));
    GpReferralId.given(sent)
        .filter(given -> !isThere)
        .map(given -> given.setAssigner(new Reference().setIdentifier(sender.toIdentifier())))
        .ifPresent(all::add);
    return all;
  }

  private CodeableConcept code() {
    return sent.getCode().isEmpty()
        ? new CodeableConcept().addCoding(REFERRAL_TO_SOCIAL_PRESCRIBING)
        : sent.getCode();
  }

  /** A reason given as a Condition or Observation of the message is carried as its code. */
  private List<CodeableConcept> reasons() {
    List<CodeableConcept> all = new ArrayList<>(sent.getReasonCode());
    for (Reference reference : sent.getReasonReference()) {
      message.target(reference, Condition.class).map(Condition::getCode).ifPresent(all::add);
      message.target(reference, Observation.class).map(Observation::getCode).ifPresent(all::add);
    }
    return all;
  }
}
