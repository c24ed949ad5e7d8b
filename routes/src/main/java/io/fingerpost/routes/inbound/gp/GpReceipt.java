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
 * with which status. Made of the receipt and the message alone: the same each time.
 */
final class GpReceipt {

  private GpReceipt() {}

  static Bundle of(Receipt receipt, String reference, GpMessage sent, Partner sender, Scheme us) {
    ResponseMessage message =
        new ResponseMessage(receipt.id(), receipt.receivedAt(), idOf(sent.bundle()));
    Party asker = Party.of(sender.organisation(), sender.name());
    String itsOwn = sent.header().getSource().getEndpoint();
    message.to(itsOwn == null ? asker : asker.at(itsOwn));
    message.from(Party.of(us.organisation(), us.name()));
    if (receipt.outcome() instanceof Outcome.Noted noted) {
      message.details(GpAnswers.noted(noted.note()));
    }
    return message.about(message.add("focus", request(receipt, reference, sent)));
  }

  /** BaRS answers to the Bundle's id, not to the MessageHeader's. */
  private static String idOf(Bundle sent) {
    String id = sent.getIdElement().getIdPart();
    return id == null ? sent.getIdentifier().getValue() : id;
  }

  private static ServiceRequest request(Receipt receipt, String reference, GpMessage sent) {
    ServiceRequest asked = sent.only(ServiceRequest.class);
    ServiceRequest request = new ServiceRequest();
    // A late change of the referral may still say something new of the person.
    if (isReferral(reference)) {
      request.setId(new IdType(reference).getIdPart());
    }
    asked.getIdentifier().forEach(identifier -> request.addIdentifier(identity(identifier)));
    request.setStatus(status(receipt.outcome(), asked, sent));
    request.setIntent(asked.getIntent());
    Identifier person = sent.only(Patient.class).getIdentifierFirstRep();
    request.setSubject(new Reference().setIdentifier(identity(person)));
    return request;
  }

  /**
   * Where the referral stands by what the message did to it; {@code unknown} where that is not for
   * the message to say, since the answer is the same whenever it is asked for.
   */
  private static ServiceRequestStatus status(
      Outcome outcome, ServiceRequest asked, GpMessage sent) {
    boolean agreed =
        sent.all(Consent.class).stream()
            .anyMatch(consent -> consent.getStatus() == ConsentState.ACTIVE);
    return switch (GpWish.of(GpWish.reason(sent.header()), asked)) {
      case REFER -> agreed ? ServiceRequestStatus.ACTIVE : ServiceRequestStatus.ONHOLD;
      case CHANGE ->
          agreed && outcome instanceof Outcome.Stored stored && isReferral(stored.reference())
              ? ServiceRequestStatus.ACTIVE
              : ServiceRequestStatus.UNKNOWN;
      case TAKE_BACK, UNDO ->
          outcome instanceof Outcome.Noted noted && noted.note() == Outcome.Note.OLDER_THAN_KNOWN
              ? ServiceRequestStatus.UNKNOWN
              : asked.getStatus();
    };
  }

  private static boolean isReferral(String reference) {
    return reference.startsWith("ServiceRequest/");
  }

  private static Identifier identity(Identifier sent) {
    return new Identifier().setSystem(sent.getSystem()).setValue(sent.getValue());
  }
}
