package io.fingerpost.server.referral;

import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.profiles.referral.TaskState;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;

/**
 * Referrals that wait for their person's consent, and come off hold when one is written that is in
 * force: by the scheme, or with a later message. What may then be shared with whom is not decided
 * here.
 */
final class HeldReferrals {

  private final ReferralRecords records;
  private final ConsentsInForce consents;

  HeldReferrals(ReferralRecords records, ConsentsInForce consents) {
    this.records = records;
    this.consents = consents;
  }

  /**
   * @param open a person it has created itself has no referral on hold
   */
  void release(Consent consent, OpenTransaction open) {
    String patient =
        new IdType(consent.getPatient().getReference()).toUnqualifiedVersionless().getValue();
    if (patient == null || open.hasCreated(patient) || !consents.has(consent)) {
      return;
    }
    for (ServiceRequest waiting : records.referrals(patient, ServiceRequestStatus.ONHOLD)) {
      String id = waiting.getIdElement().getIdPart();
      records.lock(Set.of(id));
      records.tasksOf(id).stream().filter(HeldReferrals::isHeld).forEach(task -> take(id, task));
    }
  }

  /** Before the table was, a Task did not say that it was held: its ServiceRequest did. */
  private static boolean isHeld(Task task) {
    ReferralState state = LegalMoves.stateOf(task);
    return state == ReferralState.HELD_FOR_CONSENT || state == ReferralState.RECEIVED;
  }

  private void take(String referral, Task task) {
    TaskState.write(ReferralState.RECEIVED, task);
    records.update(Task.class, task);
    ServiceRequest request = records.referral(referral);
    request.setStatus(ReferralState.RECEIVED.request());
    records.update(ServiceRequest.class, request);
  }
}
