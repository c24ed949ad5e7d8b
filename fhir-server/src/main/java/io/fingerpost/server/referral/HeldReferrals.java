package io.fingerpost.server.referral;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.profiles.referral.TaskState;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;

/**
 * Referrals that wait for their person's consent, and come off hold when it is written: by the
 * scheme, or with a later message. What may then be shared with whom is not decided here.
 */
final class HeldReferrals {

  private static final List<ConsentTerms> OPT_OUTS =
      List.of(ConsentTerms.OPTOUT, ConsentTerms.OPTOUTE, ConsentTerms.NOCONSENT);

  private final ReferralRecords records;
  private final Clock clock;

  HeldReferrals(ReferralRecords records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * @param open a person it has created itself has no referral on hold
   */
  void release(Consent consent, OpenTransaction open) {
    String patient =
        new IdType(consent.getPatient().getReference()).toUnqualifiedVersionless().getValue();
    if (patient == null || open.hasCreated(patient) || !isGiven(consent)) {
      return;
    }
    for (ServiceRequest waiting : records.referrals(patient, ServiceRequestStatus.ONHOLD)) {
      String id = waiting.getIdElement().getIdPart();
      records.lock(Set.of(id));
      records.tasksOf(id).stream().filter(HeldReferrals::isHeld).forEach(task -> take(id, task));
    }
  }

  /** Active, in force now, and no refusal at its root. */
  private boolean isGiven(Consent consent) {
    return consent.getStatus() == ConsentState.ACTIVE
        && OPT_OUTS.stream().noneMatch(optOut -> optOut.isIn(consent.getPolicyRule()))
        && consent.getProvision().getType() != ConsentProvisionType.DENY
        && isNow(consent.getProvision().getPeriod());
  }

  private boolean isNow(Period period) {
    Date now = Date.from(clock.instant());
    return !(period.hasStart() && period.getStart().after(now))
        && !(period.hasEnd() && period.getEnd().before(now));
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
