package io.fingerpost.routes.outbound.gp;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.terminology.SystemUrl;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.MessageHeader.ResponseType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;

/**
 * The BaRS {@code servicerequest-response} message that tells a referrer how its referral stands.
 * The same status in the same cover gives the same message, so that it can be sent again.
 */
public final class ReferralStatusMessage {

  /**
   * Who tells whom, when, and in answer to what.
   *
   * @param id of this message, the outbox row's; the same at every try
   * @param inResponseTo id of the message that brought the referral
   */
  public record Cover(UUID id, Instant at, String inResponseTo, Party from, Party to) {}

  /**
   * @param endpoint the address as the message names it, such as {@code
   *     https://fhir.nhs.uk/Id/dos-service-id|…}; not where it is posted
   */
  public record Party(OdsCode organisation, String name, String endpoint) {}

  private final Cover cover;
  private final Bundle bundle;

  private ReferralStatusMessage(Cover cover) {
    this.cover = cover;
    this.bundle = new Bundle().setType(BundleType.MESSAGE);
  }

  public static Bundle of(Cover cover, ReferralStatus status) {
    return new ReferralStatusMessage(cover).bundle(status);
  }

  private Bundle bundle(ReferralStatus status) {
    bundle.setId(cover.id().toString());
    bundle.setTimestamp(Date.from(cover.at()));
    MessageHeader header = header();
    add("header", header);
    Patient patient = new Patient().addIdentifier(status.person());
    ServiceRequest request = request(status);
    Reference requested = add("request", request);
    Task task = task(status).setFocus(requested);
    add("task", task);
    Reference person = add("patient", patient);
    request.setSubject(person);
    task.setFor(person);
    Reference scheme = add("sender", organisation(cover.from()));
    request.addPerformer(scheme);
    task.setOwner(scheme);
    header.setSender(scheme).addFocus(requested);
    header.getDestinationFirstRep().setReceiver(add("receiver", organisation(cover.to())));
    return bundle;
  }

  private MessageHeader header() {
    MessageHeader header = new MessageHeader();
    header.setEvent(coding(SystemUrl.MESSAGE_EVENTS, "servicerequest-response"));
    header.setReason(new CodeableConcept(coding(SystemUrl.MESSAGE_REASON, "new")));
    header.getResponse().setIdentifier(cover.inResponseTo()).setCode(ResponseType.OK);
    header.getSource().setName(cover.from().name()).setEndpoint(cover.from().endpoint());
    header.addDestination().setEndpoint(cover.to().endpoint());
    return header;
  }

  private static ServiceRequest request(ReferralStatus status) {
    ServiceRequest request = new ServiceRequest();
    request.setId(status.referral());
    request.setIdentifier(status.identifiers());
    request.setStatus(status.status());
    request.setIntent(ServiceRequestIntent.PLAN);
    request.addCategory().addCoding(coding(SystemUrl.MESSAGE_CATEGORY, "referral"));
    return request;
  }

  private static Task task(ReferralStatus status) {
    Task task = new Task().setStatus(status.task()).setIntent(TaskIntent.ORDER);
    task.setCode(new CodeableConcept(coding(SystemUrl.TASK_CODE, "fulfill")));
    if (status.reason() != null) {
      task.setStatusReason(new CodeableConcept(status.reason()));
    }
    return task;
  }

  private static Organization organisation(Party party) {
    Organization organisation = new Organization().setName(party.name());
    organisation.addIdentifier(party.organisation().toIdentifier());
    return organisation;
  }

  private Reference add(String role, Resource resource) {
    String seed = cover.id() + "/" + role;
    String fullUrl = "urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    bundle.addEntry().setFullUrl(fullUrl).setResource(resource);
    return new Reference(fullUrl);
  }

  private static Coding coding(SystemUrl system, String code) {
    return new Coding().setSystem(system.url()).setCode(code);
  }
}
