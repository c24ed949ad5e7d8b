package io.fingerpost.routes.inbound.gp;

import io.fingerpost.profiles.message.ResponseMessage;
import io.fingerpost.profiles.message.ResponseMessage.Party;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/**
 * The {@code servicerequest-response} message that says a referral is stored, under which id and
 * with which status, or that it is held. Made of the receipt and the message alone: the same each
 * time.
 */
final class GpReceipt {

  private GpReceipt() {}

  static Bundle of(Receipt receipt, String reference, GpMessage sent, Partner sender, Scheme us) {
    ResponseMessage message = message(receipt, sent, sender, us);
    ServiceRequest request = request(sent);
    request.setId(new IdType(reference).getIdPart());
    request.setStatus(
        sent.only(Consent.class).getStatus() == ConsentState.ACTIVE
            ? ServiceRequestStatus.ACTIVE
            : ServiceRequestStatus.ONHOLD);
    return message.about(message.add("focus", request));
  }

  /**
   * Says that the message is kept and nothing of it is taken up yet, and why: there is no id of
   * ours, and a warning stands beside.
   */
  static Bundle held(Receipt receipt, GpMessage sent, Partner sender, Scheme us) {
    ResponseMessage message = message(receipt, sent, sender, us);
    message.explain(GpAnswers.warning(Outcome.Held.WHY));
    return message.about(
        message.add("focus", request(sent).setStatus(ServiceRequestStatus.ONHOLD)));
  }

  private static ResponseMessage message(
      Receipt receipt, GpMessage sent, Partner sender, Scheme us) {
    ResponseMessage message =
        new ResponseMessage(receipt.id(), receipt.receivedAt(), idOf(sent.bundle()));
    Party asker = Party.of(sender.organisation(), sender.name());
    String itsOwn = sent.header().getSource().getEndpoint();
    message.to(itsOwn == null ? asker : asker.at(itsOwn));
    message.from(Party.of(us.organisation(), us.name()));
    return message;
  }

  /** BaRS answers to the Bundle's id, not to the MessageHeader's. */
  private static String idOf(Bundle sent) {
    String id = sent.getIdElement().getIdPart();
    return id == null ? sent.getIdentifier().getValue() : id;
  }

  private static ServiceRequest request(GpMessage sent) {
    ServiceRequest asked = sent.only(ServiceRequest.class);
    ServiceRequest request = new ServiceRequest();
    asked.getIdentifier().forEach(identifier -> request.addIdentifier(identity(identifier)));
    request.setIntent(asked.getIntent());
    Identifier person = sent.only(Patient.class).getIdentifierFirstRep();
    request.setSubject(new Reference().setIdentifier(identity(person)));
    return request;
  }

  private static Identifier identity(Identifier sent) {
    return new Identifier().setSystem(sent.getSystem()).setValue(sent.getValue());
  }
}
