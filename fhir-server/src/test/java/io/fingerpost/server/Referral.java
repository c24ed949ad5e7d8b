package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.SCHEME;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.server.ApiClient.Answer;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** A referral as the scheme's own system writes one, and moves it. */
record Referral(Patient patient, String request, String task) {

  /** Who refers has no channel, so that nothing is owed to partners that other tests play. */
  private static final String WITHOUT_CHANNEL = "Z9G09";

  private static final List<ReferralState> STRAIGHT = List.of();

  /** How the scheme brings a new referral to each state. */
  private static final Map<ReferralState, List<ReferralState>> PATHS =
      Map.ofEntries(
          Map.entry(ReferralState.RECEIVED, STRAIGHT),
          Map.entry(ReferralState.HELD_FOR_CONSENT, STRAIGHT),
          path(ReferralState.ACCEPTED),
          path(ReferralState.WAITING_LIST),
          path(ReferralState.ACCEPTED, ReferralState.CONTACTED),
          path(ReferralState.ACCEPTED, ReferralState.FIRST_APPOINTMENT_BOOKED),
          path(
              ReferralState.ACCEPTED,
              ReferralState.FIRST_APPOINTMENT_BOOKED,
              ReferralState.DID_NOT_ATTEND),
          path(ReferralState.ACCEPTED, ReferralState.IN_SUPPORT),
          path(ReferralState.ACCEPTED, ReferralState.IN_SUPPORT, ReferralState.COMPLETED),
          path(ReferralState.REJECTED),
          path(ReferralState.DECLINED_BY_PERSON),
          path(ReferralState.CANCELLED),
          path(ReferralState.SENT_IN_ERROR));

  private static Map.Entry<ReferralState, List<ReferralState>> path(ReferralState... states) {
    return Map.entry(states[states.length - 1], List.of(states));
  }

  static Referral in(ReferralState state) {
    return in(state, SCHEME.create(Records.patient(Person.next())));
  }

  static Referral in(ReferralState state, Patient patient) {
    boolean held = state == ReferralState.HELD_FOR_CONSENT;
    ServiceRequest request = new ServiceRequest();
    request.setStatus(held ? ServiceRequestStatus.ONHOLD : ServiceRequestStatus.ACTIVE);
    request.setIntent(ServiceRequestIntent.ORDER).setAuthoredOn(new Date());
    request.setCode(
        new CodeableConcept(new Coding("http://snomed.info/sct", "871731000000106", null)));
    request
        .setSubject(new Reference(referenceTo(patient)))
        .setRequester(organisation(WITHOUT_CHANNEL));
    String stored = referenceTo(SCHEME.create(request));
    Task begun =
        SCHEME.create(
            task(patient, stored, held ? ReferralState.HELD_FOR_CONSENT : ReferralState.RECEIVED));
    Referral referral = new Referral(patient, stored, referenceTo(begun));
    for (ReferralState next : PATHS.getOrDefault(state, STRAIGHT)) {
      referral.move(next).resource(Task.class);
    }
    return referral;
  }

  static Task task(Patient patient, String request, ReferralState state) {
    Task task = new Task();
    task.setIntent(TaskIntent.ORDER);
    task.setCode(
        new CodeableConcept(
            new Coding("http://hl7.org/fhir/CodeSystem/task-code", "fulfill", null)));
    task.setFocus(new Reference(request)).setFor(new Reference(referenceTo(patient)));
    task.setRequester(organisation(WITHOUT_CHANNEL)).setOwner(organisation("Z9S01"));
    return to(state, task);
  }

  private static Reference organisation(String code) {
    return new Reference().setIdentifier(new OdsCode(code).toIdentifier());
  }

  /** The Task as it would be written to bring it to this state. */
  static Task to(ReferralState state, Task task) {
    task.setStatus(state.task().get(0));
    task.setBusinessStatus(new CodeableConcept(state.toCoding()));
    if (task.getStatus() == TaskStatus.REJECTED) {
      task.getStatusReason().setText("No link worker speaks the language.");
    }
    return task;
  }

  Answer move(ReferralState state, String... headers) {
    return write(to(state, asStored()), headers);
  }

  static Answer write(Resource resource, String... headers) {
    return SCHEME.send("PUT", "/fhir/" + referenceTo(resource), text(resource), headers);
  }

  static String text(Resource resource) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
  }

  Task asStored() {
    return SCHEME.get("/fhir/" + task).resource(Task.class);
  }

  String state() {
    return asStored().getBusinessStatus().getCodingFirstRep().getCode();
  }

  ServiceRequest requestAsStored() {
    return SCHEME.get("/fhir/" + request).resource(ServiceRequest.class);
  }

  List<EpisodeOfCare> episodes() {
    return SCHEME.search(EpisodeOfCare.class, "patient=" + referenceTo(patient)).stream()
        .filter(
            episode ->
                episode.getReferralRequest().stream()
                    .anyMatch(reference -> reference.getReference().equals(request)))
        .toList();
  }
}
