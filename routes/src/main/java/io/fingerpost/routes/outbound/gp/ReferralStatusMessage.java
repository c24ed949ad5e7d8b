package io.fingerpost.routes.outbound.gp;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.sharing.ReferralStanding;
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

  public static Bundle of(Cover cover, ReferralStanding standing) {
    return new ReferralStatusMessage(cover).bundle(standing);
  }

  private Bundle bundle(ReferralStanding standing) {
    bundle.setId(cover.id().toString());
    bundle.setTimestamp(Date.from(cover.at()));
    MessageHeader header = header();
    add("header", header);
    Patient patient = new Patient().addIdentifier(standing.person());
    ServiceRequest request = request(standing);
    Reference requested = add("request", request);
    Task task = task(standing).setFocus(requested);
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

  private static ServiceRequest request(ReferralStanding standing) {
    ServiceRequest request = new ServiceRequest();
    request.setId(standing.referral());
    request.setIdentifier(standing.identifiers());
    request.setStatus(standing.status());
    request.setIntent(ServiceRequestIntent.PLAN);
    request.addCategory().addCoding(coding(SystemUrl.MESSAGE_CATEGORY, "referral"));
    return request;
  }

  private static Task task(ReferralStanding standing) {
    Task task = new Task().setStatus(standing.task()).setIntent(TaskIntent.ORDER);
    task.setCode(new CodeableConcept(coding(SystemUrl.TASK_CODE, "fulfill")));
    if (standing.state() != null) {
      task.getBusinessStatus().addCoding(standing.state());
    }
    if (standing.reason() != null) {
      task.getStatusReason().addCoding(standing.reason());
    }
    if (standing.reasonText() != null) {
      task.getStatusReason().setText(standing.reasonText());
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
