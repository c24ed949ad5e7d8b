package io.fingerpost.routes.inbound.gp;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.MessageTime;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.terminology.SystemUrl;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** One message being read: who sends it, whom it is about, and what comes with it. */
final class GpReading {

  private final GpMessage message;
  private final OdsCode sender;
  private final @Nullable MessageTime said;
  private final Carried carried;

  /**
   * @param said when the message was written; null where it does not say so
   */
  GpReading(GpMessage message, OdsCode sender, @Nullable MessageTime said) {
    this.message = message;
    this.sender = sender;
    this.said = said;
    this.carried = new Carried(message);
  }

  @Nullable MessageTime said() {
    return said;
  }

  /**
   * @param files content types of what is attached
   */
  Referral referral(ServiceRequest request, Patient patient, List<String> files) {
    Organization requester = requester();
    requireOwn(request.getRequester());
    return new Referral(
        GpPatient.of(patient, sender, carried),
        requester,
        referrer(request.getRequester()),
        GpRequest.of(request, sender, message, carried),
        GpConsent.of(message, patient, carried),
        supporting(request, patient, files),
        said);
  }

  /** A referral as it is wanted now; it needs no Consent anew. */
  Referral changed(ServiceRequest request, Patient patient, List<String> files) {
    Organization requester = requester();
    requireOwn(request.getRequester());
    return new Referral(
        GpPatient.of(patient, sender, carried),
        requester,
        referrer(request.getRequester()),
        GpRequest.changed(request, sender, message, carried),
        message.all(Consent.class).isEmpty() ? null : GpConsent.of(message, patient, carried),
        supporting(request, patient, files),
        said);
  }

  /** Whose referral is taken back, in a message of the organisation's own. */
  Patient person(ServiceRequest request, Patient patient) {
    requester();
    requireOwn(request.getRequester());
    GpRequest.requireReferral(request);
    return GpPatient.of(patient, sender, carried);
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

  private List<DomainResource> supporting(
      ServiceRequest request, Patient patient, List<String> files) {
    List<DomainResource> all = new ArrayList<>();
    for (Observation sent : message.all(Observation.class)) {
      if (isAbout(sent.getSubject(), patient)
          && sent.getStatus() != ObservationStatus.ENTEREDINERROR) {
        all.add(categorised(carried.copy(sent, Observation.class)));
      }
    }
    for (Flag sent : message.all(Flag.class)) {
      if (isAbout(sent.getSubject(), patient)
          && sent.getStatus() != Flag.FlagStatus.ENTEREDINERROR) {
        all.add(carried.copy(sent, Flag.class));
      }
    }
    DateTimeType when = when(request);
    for (CarePlan sent : message.all(CarePlan.class)) {
      if (isAbout(sent.getSubject(), patient)
          && sent.getStatus() != CarePlanStatus.ENTEREDINERROR) {
        GpAssessment.of(sent, when, message, carried).ifPresent(all::add);
      }
    }
    GpAttachments.notice(files, when)
        .map(made -> carried.finish(request, made))
        .ifPresent(all::add);
    return all;
  }

  /** When the referral was made, else when this was said of it. */
  private DateTimeType when(ServiceRequest request) {
    if (request.getAuthoredOn() != null) {
      return request.getAuthoredOnElement().copy();
    }
    if (said == null) {
      throw MessageRefused.missing("Bundle.timestamp", "Say when the message was written.");
    }
    return new DateTimeType(Date.from(said.earliest()));
  }

  /** BaRS lets a finding have no category; the scheme's records say that none was given. */
  private static Observation categorised(Observation finding) {
    if (!finding.hasCategory()) {
      finding
          .addCategory()
          .addCoding()
          .setSystem(SystemUrl.DATA_ABSENT_REASON.url())
          .setCode("unknown");
    }
    return finding;
  }

  private boolean isAbout(Reference subject, Patient patient) {
    return message.target(subject).filter(patient::equals).isPresent();
  }
}
