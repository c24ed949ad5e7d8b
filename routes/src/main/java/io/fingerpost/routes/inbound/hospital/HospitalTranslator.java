package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.routes.inbound.Translator;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeTranslator;
import java.util.List;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.stereotype.Component;

/**
 * Turns a hospital's REF^I12 into a referral. Each segment has its own class with its wire example;
 * what is read of them and what is not stands in {@code docs/connecting-a-sender.md}.
 */
@Component
public final class HospitalTranslator implements Translator {

  static final String CHANNEL = "hospital-hl7v2";

  private final PartnerRegistry partners;
  private final PersonSegment persons;
  private final RequestSegments requests;
  private final ConsentSegments consents;

  public HospitalTranslator(PartnerRegistry partners, CodeTranslator codes) {
    this.partners = partners;
    this.persons = new PersonSegment(codes);
    this.requests = new RequestSegments(codes);
    this.consents = new ConsentSegments(codes, new OdsCode(partners.scheme().organisation()));
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public Referral translate(KeptMessage message) {
    Hl7Header header = Hl7Header.read(message.body());
    HospitalMessage sent = HospitalMessage.read(header, message.body());
    ServiceRequest request = requests.toServiceRequest(sent, header, message);
    ConsentSegments.limits(sent).forEach(limit -> request.addNote().setText(limit));
    Hl7Segment pid = sent.only("PID", "Send a PID segment: it says who is referred.");
    return new Referral(
        persons.toPatient(pid, message),
        organisation(message.sender()),
        ReferrerSegment.toPractitioner(sent),
        request,
        consents.toConsent(sent, header, message),
        List.of());
  }

  private Organization organisation(String ods) {
    Organization organisation = new Organization();
    organisation.addIdentifier(new OdsCode(ods).toIdentifier());
    partners.ofOrganisation(ods).map(Partner::name).ifPresent(organisation::setName);
    return organisation;
  }
}
