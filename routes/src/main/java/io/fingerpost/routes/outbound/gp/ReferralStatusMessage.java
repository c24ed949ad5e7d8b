package io.fingerpost.routes.outbound.gp;

import static io.fingerpost.profiles.message.ResponseMessage.coding;

import io.fingerpost.profiles.message.ResponseMessage;
import io.fingerpost.profiles.message.ResponseMessage.Party;
import io.fingerpost.routes.sharing.ReferralStanding;
import io.fingerpost.terminology.SystemUrl;
import java.time.Instant;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
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

  private ReferralStatusMessage() {}

  public static Bundle of(Cover cover, ReferralStanding standing) {
    ResponseMessage message = new ResponseMessage(cover.id(), cover.at(), cover.inResponseTo());
    ServiceRequest request = request(standing);
    Reference requested = message.add("request", request);
    Task task = task(standing).setFocus(requested);
    message.add("task", task);
    Reference person = message.add("patient", new Patient().addIdentifier(standing.person()));
    request.setSubject(person);
    task.setFor(person);
    Reference scheme = message.from(cover.from());
    request.addPerformer(scheme);
    task.setOwner(scheme);
    message.to(cover.to());
    return message.about(requested);
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
}
