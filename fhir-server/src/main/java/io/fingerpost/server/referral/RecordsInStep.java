package io.fingerpost.server.referral;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import io.fingerpost.profiles.matching.MatchTask;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.server.referral.ReferralRefusal.Code;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.EpisodeOfCare.EpisodeOfCareStatus;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * Keeps ServiceRequest, EpisodeOfCare and CarePlan saying what the referral's Task says, in the
 * transaction that writes any of them. Everything of a FHIR transaction has been written when this
 * looks, so the order of its entries does not matter.
 */
@Interceptor
public final class RecordsInStep {

  private final ReferralRecords records;
  private final Consequences consequences;
  private final HeldReferrals held;

  RecordsInStep(ReferralRecords records, Consequences consequences, HeldReferrals held) {
    this.records = records;
    this.consequences = consequences;
    this.held = held;
  }

  /** HAPI writes what is created on a condition last, a Patient after the consent that names it. */
  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void creating(IBaseResource resource, TransactionDetails transaction) {
    OpenTransaction.of(transaction).add(resource);
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(
      IBaseResource resource, RequestDetails request, TransactionDetails transaction) {
    OpenTransaction open = OpenTransaction.of(transaction);
    if (!open.sees(resource) || ReferralRecords.follows(request)) {
      return;
    }
    if (resource instanceof Task task) {
      ReferralRecords.referralsOf(task).forEach(id -> requireOneTask(task, id, open));
    } else if (resource instanceof Consent consent) {
      held.release(consent, open);
    } else if (!(resource instanceof ServiceRequest)) {
      // A new ServiceRequest has no Task yet; the Task is held to it when it comes.
      records.lock(ReferralRecords.referralsOf(resource));
      requireInStep(resource);
    }
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void changed(
      IBaseResource before,
      IBaseResource after,
      RequestDetails request,
      TransactionDetails transaction) {
    OpenTransaction open = OpenTransaction.of(transaction);
    if (!open.sees(after) || ReferralRecords.follows(request)) {
      return;
    }
    if (before instanceof Task stood && after instanceof Task task && !MatchTask.is(task)) {
      ReferralState state = LegalMoves.stateOf(task);
      if (state != LegalMoves.stateOf(stood)) {
        ReferralRecords.referralsOf(task).forEach(id -> consequences.of(task, state, id));
      }
    } else if (before instanceof ServiceRequest stood && after instanceof ServiceRequest referral) {
      if (stood.getStatus() != referral.getStatus()) {
        requireInStep(referral);
      }
    } else if (after instanceof Consent consent) {
      held.release(consent, open);
    } else {
      requireInStep(after);
    }
  }

  /** A referral has one Task, or two would move it. */
  private void requireOneTask(Task task, String referral, OpenTransaction open) {
    ReferralState state = LegalMoves.stateOf(task);
    ServiceRequest about = open.referral(referral);
    if (about == null) {
      records.lock(Set.of(referral));
      boolean hasAnother =
          records.tasksOf(referral).stream()
              .map(other -> other.getIdElement().getIdPart())
              .anyMatch(id -> !id.equals(task.getIdElement().getIdPart()));
      if (hasAnother) {
        throw ReferralRefusal.otherwise(
            Code.REFERRAL_CONTRADICTED,
            "Task.focus",
            "The referral has its Task already. Move that one.");
      }
      about = records.referral(referral);
    }
    if (about.getStatus() != state.request()) {
      throw ReferralRefusal.contradicted(state, "ServiceRequest.status");
    }
  }

  private void requireInStep(IBaseResource resource) {
    if (resource instanceof ServiceRequest referral) {
      String id = referral.getIdElement().getIdPart();
      records.lock(Set.of(id));
      for (ReferralState state : statesOf(id)) {
        require(state.request() == referral.getStatus(), state, "ServiceRequest.status");
      }
    } else if (resource instanceof EpisodeOfCare episode
        && episode.getStatus() != EpisodeOfCareStatus.ENTEREDINERROR) {
      for (String id : ReferralRecords.referralsOf(episode)) {
        for (ReferralState state : statesOf(id)) {
          List<EpisodeOfCareStatus> may = state.care().episode();
          require(
              may.isEmpty() || may.contains(episode.getStatus()), state, "EpisodeOfCare.status");
        }
      }
    } else if (resource instanceof CarePlan plan
        && plan.getStatus() != CarePlanStatus.ENTEREDINERROR) {
      for (String id : ReferralRecords.referralsOf(plan)) {
        for (ReferralState state : statesOf(id)) {
          List<CarePlanStatus> may = state.care().plan();
          require(may.isEmpty() || may.contains(plan.getStatus()), state, "CarePlan.status");
        }
      }
    }
  }

  private List<ReferralState> statesOf(String referral) {
    return records.taskOf(referral).map(LegalMoves::stateOf).stream().toList();
  }

  private static void require(boolean inStep, ReferralState state, String location) {
    if (!inStep) {
      throw ReferralRefusal.contradicted(state, location);
    }
  }
}
