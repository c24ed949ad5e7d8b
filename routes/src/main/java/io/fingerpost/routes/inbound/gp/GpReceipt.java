package io.fingerpost.routes.inbound.gp;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.terminology.SystemUrl;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.MessageHeader.ResponseType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/**
 * The {@code servicerequest-response} message that says a referral is stored, under which id and
 * with which status. Made of the receipt and the message alone: the same each time.
 */
final class GpReceipt {

  private static final String ODS_ENDPOINT = SystemUrl.ODS_ORGANISATION.url() + "|";

  private final Receipt receipt;
  private final Scheme scheme;
  private final Bundle bundle;

  private GpReceipt(Receipt receipt, Scheme scheme) {
    this.receipt = receipt;
    this.scheme = scheme;
    this.bundle = new Bundle().setType(BundleType.MESSAGE);
  }

  static Bundle of(Receipt receipt, String reference, GpMessage sent, Partner sender, Scheme us) {
    return new GpReceipt(receipt, us).bundle(reference, sent, sender);
  }

  private Bundle bundle(String reference, GpMessage sent, Partner sender) {
    bundle.setId(receipt.id().toString());
    bundle.setTimestamp(Date.from(receipt.receivedAt()));
    MessageHeader header = new MessageHeader();
    add("header", header);
    header.setEvent(coding(SystemUrl.MESSAGE_EVENTS, "servicerequest-response"));
    header.setReason(new CodeableConcept(coding(SystemUrl.MESSAGE_REASON, "new")));
    header.getResponse().setIdentifier(idOf(sent.bundle())).setCode(ResponseType.OK);
    header.getSource().setName(scheme.name()).setEndpoint(ODS_ENDPOINT + scheme.organisation());
    header
        .addDestination()
        .setEndpoint(endpointOf(sent.header(), sender))
        .setReceiver(add("receiver", organisation(sender.organisation(), sender.name())));
    header.setSender(add("sender", organisation(scheme.organisation(), scheme.name())));
    header.addFocus(add("focus", request(reference, sent)));
    return bundle;
  }

  /** BaRS answers to the Bundle's id, not to the MessageHeader's. */
  private static String idOf(Bundle sent) {
    String id = sent.getIdElement().getIdPart();
    return id == null ? sent.getIdentifier().getValue() : id;
  }

  private static String endpointOf(MessageHeader header, Partner sender) {
    String endpoint = header.getSource().getEndpoint();
    return endpoint == null ? ODS_ENDPOINT + sender.organisation() : endpoint;
  }

  private static ServiceRequest request(String reference, GpMessage sent) {
    ServiceRequest asked = sent.only(ServiceRequest.class);
    ServiceRequest request = new ServiceRequest();
    request.setId(new IdType(reference).getIdPart());
    asked.getIdentifier().forEach(identifier -> request.addIdentifier(identity(identifier)));
    request.setStatus(
        sent.only(Consent.class).getStatus() == ConsentState.ACTIVE
            ? ServiceRequestStatus.ACTIVE
            : ServiceRequestStatus.ONHOLD);
    request.setIntent(asked.getIntent());
    Identifier person = sent.only(Patient.class).getIdentifierFirstRep();
    request.setSubject(new Reference().setIdentifier(identity(person)));
    return request;
  }

  private static Identifier identity(Identifier sent) {
    return new Identifier().setSystem(sent.getSystem()).setValue(sent.getValue());
  }

  private static Organization organisation(String ods, String name) {
    Organization organisation = new Organization().setName(name);
    organisation.addIdentifier(new OdsCode(ods).toIdentifier());
    return organisation;
  }

  private Reference add(String role, Resource resource) {
    String seed = receipt.id() + "/" + role;
    String fullUrl = "urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    bundle.addEntry().setFullUrl(fullUrl).setResource(resource);
    return new Reference(fullUrl);
  }

  private static Coding coding(SystemUrl system, String code) {
    return new Coding().setSystem(system.url()).setCode(code);
  }
}
