package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.Content;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.MessageTime;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.routes.inbound.ReferralAmendment;
import io.fingerpost.routes.inbound.ReferralCancellation;
import io.fingerpost.routes.inbound.Translator;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeTranslator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says what is in a hospital's message. Each segment has its own class with its wire example; what
 * is read of them and what is not stands in {@code docs/connecting-a-sender.md}.
 */
@Component
public final class HospitalTranslator implements Translator {

  static final String CHANNEL = "hospital-hl7v2";

  private static final String WHO = "Send a PID segment: it says who is referred.";

  private final PartnerRegistry partners;
  private final PersonSegment persons;
  private final RequestSegments requests;
  private final OrderSegments orders;
  private final ConsentSegments consents;

  public HospitalTranslator(PartnerRegistry partners, CodeTranslator codes) {
    this.partners = partners;
    this.persons = new PersonSegment(codes);
    this.requests = new RequestSegments(codes);
    this.orders = new OrderSegments(codes);
    this.consents = new ConsentSegments(codes, new OdsCode(partners.scheme().organisation()));
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public Content translate(KeptMessage message) {
    Hl7Header header = Hl7Header.read(message.body());
    HospitalMessage sent = HospitalMessage.read(header, message.body());
    HospitalEvent event =
        HospitalEvent.of(header)
            .orElseThrow(
                () ->
                    new MessageRefused(
                        Code.TYPE_UNSUPPORTED, "MSH-9", HospitalEvent.insteadOf(header)));
    return new Reading(header, sent, message).content(event);
  }

  /** One message being read. */
  private final class Reading {
    private final Hl7Header header;
    private final HospitalMessage sent;
    private final KeptMessage message;

    Reading(Hl7Header header, HospitalMessage sent, KeptMessage message) {
      this.header = header;
      this.sent = sent;
      this.message = message;
    }

    Content content(HospitalEvent event) {
      return switch (event) {
        case REFERRAL -> referral(request(), ReferrerSegment.toPractitioner(sent));
        case REFERRAL_CHANGED -> changed();
        case REFERRAL_CANCELLED -> cancelled();
        case ORDERS -> orders();
        case PERSON -> persons.toChange(pid(), said(), message);
        case MERGE -> merges();
      };
    }

    private ServiceRequest request() {
      return requests.toServiceRequest(sent, header, message);
    }

    private Referral referral(ServiceRequest request, @Nullable Practitioner referrer) {
      ConsentSegments.limits(sent).forEach(limit -> request.addNote().setText(limit));
      return new Referral(
          persons.toPatient(sent.only("PID", WHO), message),
          organisation(message.sender()),
          referrer,
          request,
          consents.toConsent(sent, header, message),
          List.of(),
          SaidAt.ifKnown(header, message).orElse(null));
    }

    /** What is said of the person counts, too. */
    private Content changed() {
      Referral referral = referral(request(), ReferrerSegment.toPractitioner(sent));
      return new Content.Several(
          List.of(
              new ReferralAmendment(
                  requests.originatingId(sent, message.sender()), referral, said()),
              persons.toChange(pid(), said(), message)));
    }

    private Content cancelled() {
      return new ReferralCancellation(
          requests.originatingId(sent, message.sender()),
          sent.first("PID").map(pid -> persons.toKnownPatient(pid, message)).orElse(null),
          false,
          requests.reason(sent, message.sender()).orElse(null),
          said());
    }

    /** Those taken back first: one that is not known is told before anything is written. */
    private Content orders() {
      List<HospitalMessage> groups = sent.partsFrom("ORC");
      if (groups.isEmpty()) {
        throw MessageRefused.missing("ORC", "Send an ORC segment before each OBR.");
      }
      Patient person = persons.toPatient(sent.only("PID", WHO), message);
      List<Content> takenBack = new ArrayList<>();
      List<Content> wanted = new ArrayList<>();
      for (HospitalMessage group : groups) {
        switch (orders.control(group)) {
          case NEW -> wanted.add(order(group));
          case CHANGED ->
              wanted.add(
                  new ReferralAmendment(
                      orders.placerNumber(group, message.sender()), order(group), said()));
          case CANCELLED ->
              takenBack.add(
                  new ReferralCancellation(
                      orders.placerNumber(group, message.sender()),
                      person,
                      false,
                      orders.reason(group).orElse(null),
                      said()));
        }
      }
      takenBack.addAll(wanted);
      return takenBack.size() == 1 ? takenBack.get(0) : new Content.Several(takenBack);
    }

    private Referral order(HospitalMessage group) {
      return referral(
          orders.toServiceRequest(group, header, message), orders.toPractitioner(group, sent));
    }

    private Content merges() {
      Hl7Segment mrg = sent.only("MRG", "Send an MRG segment: it says which record is replaced.");
      return persons.toMerge(pid(), mrg, said(), message);
    }

    private Hl7Segment pid() {
      return sent.only("PID", "Send a PID segment: it says whom the message is about.");
    }

    private MessageTime said() {
      Optional<Hl7Segment> evn = sent.first("EVN");
      return SaidAt.of(evn.orElse(null), header, message);
    }
  }

  private Organization organisation(String ods) {
    Organization organisation = new Organization();
    organisation.addIdentifier(new OdsCode(ods).toIdentifier());
    partners.ofOrganisation(ods).map(Partner::name).ifPresent(organisation::setName);
    return organisation;
  }
}
