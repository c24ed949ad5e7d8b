package io.fingerpost.routes.inbound.gp;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.routes.inbound.Translator;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeTranslator;
import io.fingerpost.terminology.SystemUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads a BaRS-shaped {@code servicerequest-request} message as a new referral. The sender's
 * CarePlan (its assessment, not a support plan), Encounter, Conditions and the like stay in the
 * kept message.
 */
public final class GpTranslator implements Translator {

  public static final String CHANNEL = "gp-fhir";

  private final CurrentCodes codes;

  public GpTranslator(CodeTranslator codes) {
    this.codes = new CurrentCodes(codes);
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public Referral translate(KeptMessage kept) {
    GpMessage message = GpMessage.read(kept.body());
    requireNewReferral(message.header());
    MessageReferences.requireResolved(message);
    Patient patient = message.only(Patient.class);
    ServiceRequest request = message.only(ServiceRequest.class);
    requireOneStory(message, request, patient);
    Referral referral = new Reading(message, new OdsCode(kept.sender())).referral(request, patient);
    codes.putInto(referral.patient());
    return referral;
  }

  private static void requireNewReferral(MessageHeader header) {
    if (!header.hasEventCoding()
        || !SystemUrl.MESSAGE_EVENTS.url().equals(header.getEventCoding().getSystem())
        || !"servicerequest-request".equals(header.getEventCoding().getCode())) {
      throw new MessageRefused(
          Code.EVENT_UNKNOWN,
          "MessageHeader.eventCoding",
          "Send servicerequest-request of " + SystemUrl.MESSAGE_EVENTS.url() + ".");
    }
    CodeableConcept reason = header.getReason();
    if (reason.isEmpty()) {
      throw MessageRefused.missing("MessageHeader.reason", "A new referral has reason new.");
    }
    if (reason.getCoding().size() != 1
        || !reason.hasCoding(SystemUrl.MESSAGE_REASON.url(), "new")) {
      throw new MessageRefused(
          Code.REASON_UNSUPPORTED,
          "MessageHeader.reason",
          "Send reason new of " + SystemUrl.MESSAGE_REASON.url() + ".");
    }
  }

  private static void requireOneStory(GpMessage message, ServiceRequest request, Patient patient) {
    if (!request.hasSubject()) {
      throw MessageRefused.missing("ServiceRequest.subject", "Refer to the message's Patient.");
    }
    if (message.target(request.getSubject()).filter(patient::equals).isEmpty()) {
      throw MessageRefused.invalid("ServiceRequest.subject", "Refer to the message's Patient.");
    }
    MessageHeader header = message.header();
    if (header.hasFocus()
        && header.getFocus().stream()
            .noneMatch(focus -> message.target(focus).filter(request::equals).isPresent())) {
      throw MessageRefused.invalid(
          "MessageHeader.focus", "The message is about its ServiceRequest: refer to that.");
    }
  }

  /** One message being read. */
  private static final class Reading {
    private final GpMessage message;
    private final OdsCode sender;
    private final Carried carried;

    Reading(GpMessage message, OdsCode sender) {
      this.message = message;
      this.sender = sender;
      this.carried = new Carried(message);
    }

    Referral referral(ServiceRequest request, Patient patient) {
      Organization requester = requester();
      requireOwn(request.getRequester());
      return new Referral(
          GpPatient.of(patient, sender, carried),
          requester,
          referrer(request.getRequester()),
          GpRequest.of(request, sender, message, carried),
          GpConsent.of(message, patient, carried),
          supporting(patient));
    }

    /** The authenticated organisation, and in no case another that the message names. */
    private Organization requester() {
      Organization sent =
          message
              .target(message.header().getSender(), Organization.class)
              .orElseThrow(
                  () ->
                      MessageRefused.missing(
                          "MessageHeader.sender", "Refer to your Organization in the message."));
      if (Carried.ods(sent).filter(sender::equals).isEmpty()) {
        throw mismatch("MessageHeader.sender");
      }
      Organization organisation = new Organization();
      organisation.addIdentifier(sender.toIdentifier());
      organisation.setName(sent.getName());
      return organisation;
    }

    private void requireOwn(Reference requester) {
      Optional<Organization> named =
          message
              .target(requester, Organization.class)
              .or(
                  () ->
                      role(requester)
                          .flatMap(
                              role -> message.target(role.getOrganization(), Organization.class)));
      if (named.flatMap(Carried::ods).filter(code -> !code.equals(sender)).isPresent()) {
        throw mismatch("ServiceRequest.requester");
      }
    }

    private static MessageRefused mismatch(String location) {
      return new MessageRefused(
          Code.SENDER_MISMATCH,
          location,
          "Refer in the name of the organisation whose ODS code your client is registered with.");
    }

    private Optional<PractitionerRole> role(Reference reference) {
      return message.target(reference, PractitionerRole.class);
    }

    private @Nullable Practitioner referrer(Reference requester) {
      return role(requester)
          .flatMap(role -> message.target(role.getPractitioner(), Practitioner.class))
          .or(() -> message.target(requester, Practitioner.class))
          .map(this::named)
          .orElse(null);
    }

    private Practitioner named(Practitioner sent) {
      Practitioner part = new Practitioner();
      part.setIdentifier(sent.getIdentifier());
      part.setName(sent.getName());
      return carried.finish(sent, part.copy());
    }

    private List<DomainResource> supporting(Patient patient) {
      List<DomainResource> all = new ArrayList<>();
      for (Observation sent : message.all(Observation.class)) {
        if (isAbout(sent.getSubject(), patient)
            && sent.getStatus() != ObservationStatus.ENTEREDINERROR) {
          all.add(carried.copy(sent, Observation.class));
        }
      }
      for (Flag sent : message.all(Flag.class)) {
        if (isAbout(sent.getSubject(), patient)
            && sent.getStatus() != Flag.FlagStatus.ENTEREDINERROR) {
          all.add(carried.copy(sent, Flag.class));
        }
      }
      return all;
    }

    private boolean isAbout(Reference subject, Patient patient) {
      return message.target(subject).filter(patient::equals).isPresent();
    }
  }
}
