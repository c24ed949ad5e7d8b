package io.fingerpost.server.referral;

import io.fingerpost.profiles.Profile;
import io.fingerpost.profiles.referral.CareStage;
import io.fingerpost.profiles.referral.ReferralState;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.EpisodeOfCare.EpisodeOfCareStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;

/** Puts the other records of a referral where its Task has gone. */
final class Consequences {

  private static final String CLOSING_REASON =
      "https://fingerpost.io/StructureDefinition/fingerpost-closing-reason";
  private static final Set<EpisodeOfCareStatus> BEGUN =
      Set.of(EpisodeOfCareStatus.ACTIVE, EpisodeOfCareStatus.ONHOLD, EpisodeOfCareStatus.FINISHED);
  private static final Set<EpisodeOfCareStatus> OVER =
      Set.of(
          EpisodeOfCareStatus.FINISHED,
          EpisodeOfCareStatus.CANCELLED,
          EpisodeOfCareStatus.ENTEREDINERROR);

  private final ReferralRecords records;
  private final Clock clock;

  Consequences(ReferralRecords records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * @param referral id of the ServiceRequest the Task is about
   */
  void of(Task task, ReferralState state, String referral) {
    ServiceRequest request = records.referral(referral);
    if (request.getStatus() != state.request()) {
      request.setStatus(state.request());
      records.update(ServiceRequest.class, request);
    }
    // Episode and plan are those of the referral to the scheme, not of what it refers on.
    if (request.getIntent() != ServiceRequestIntent.FILLERORDER) {
      String patient =
          new IdType(request.getSubject().getReference()).toUnqualifiedVersionless().getValue();
      carryEpisodes(task, state, request, patient);
      if (state.care().hasEnded()) {
        endPlans(state, referral, patient);
      }
    }
  }

  private void carryEpisodes(
      Task task, ReferralState state, ServiceRequest request, String patient) {
    CareStage care = state.care();
    if (care.episode().isEmpty()) {
      return;
    }
    List<EpisodeOfCare> episodes =
        records.episodes(patient).stream()
            .filter(episode -> episode.getStatus() != EpisodeOfCareStatus.ENTEREDINERROR)
            .filter(
                episode ->
                    ReferralRecords.referralsOf(episode)
                        .contains(request.getIdElement().getIdPart()))
            .toList();
    if (episodes.isEmpty() && care.isOpen()) {
      records.create(EpisodeOfCare.class, opened(task, care, request));
    }
    for (EpisodeOfCare episode : episodes) {
      if (!care.episode().contains(episode.getStatus())) {
        episode.setStatus(care.episode().get(0));
        date(episode);
        if (state == ReferralState.COMPLETED) {
          sayHowItEnded(episode, task);
        }
        records.update(EpisodeOfCare.class, episode);
      }
    }
  }

  /** Support that begins or ends now does so today, unless the scheme has said when. */
  private void date(EpisodeOfCare episode) {
    if (BEGUN.contains(episode.getStatus()) && !episode.getPeriod().hasStart()) {
      episode.getPeriod().setStart(now());
    }
    if (OVER.contains(episode.getStatus()) && !episode.getPeriod().hasEnd()) {
      episode.getPeriod().setEnd(now());
    }
  }

  private static void sayHowItEnded(EpisodeOfCare episode, Task task) {
    if (task.hasStatusReason() && !episode.hasExtension(CLOSING_REASON)) {
      episode.addExtension(CLOSING_REASON, task.getStatusReason().copy());
    }
  }

  private EpisodeOfCare opened(Task task, CareStage care, ServiceRequest request) {
    EpisodeOfCare episode = new EpisodeOfCare();
    Profile.of("EpisodeOfCare").ifPresent(profile -> episode.getMeta().addProfile(profile.url()));
    episode.setStatus(care.episode().get(0)).setPatient(request.getSubject().copy());
    episode.addReferralRequest(
        new Reference("ServiceRequest/" + request.getIdElement().getIdPart()));
    String owner = new IdType(task.getOwner().getReference()).getResourceType();
    if ("Practitioner".equals(owner) || "PractitionerRole".equals(owner)) {
      episode.setCareManager(task.getOwner().copy());
    } else if (owner == null || "Organization".equals(owner)) {
      episode.setManagingOrganization(task.getOwner().copy());
    }
    episode.getPeriod().setStart(now());
    return episode;
  }

  private void endPlans(ReferralState state, String referral, String patient) {
    CareStage care = state.care();
    List<CarePlan> plans = records.plans(patient);
    boolean isOnly = plans.stream().anyMatch(Consequences::isUnnamed) && isOnly(referral, patient);
    for (CarePlan plan : plans) {
      boolean belongs =
          ReferralRecords.referralsOf(plan).contains(referral) || (isOnly && isUnnamed(plan));
      if (belongs && !says(plan, care)) {
        if (care == CareStage.FINISHED && plan.getStatus() == CarePlanStatus.DRAFT) {
          throw ReferralRefusal.contradicted(state, "CarePlan.status");
        }
        plan.setStatus(care.plan().get(0));
        records.update(CarePlan.class, plan);
      }
    }
  }

  private static boolean says(CarePlan plan, CareStage care) {
    return plan.getStatus() == CarePlanStatus.ENTEREDINERROR
        || care.plan().contains(plan.getStatus());
  }

  /** Still going on, and of no referral in particular. */
  private static boolean isUnnamed(CarePlan plan) {
    return ReferralRecords.referralsOf(plan).isEmpty()
        && !CareStage.FINISHED.plan().contains(plan.getStatus());
  }

  private boolean isOnly(String referral, String patient) {
    return records
        .referrals(patient, ServiceRequestStatus.ACTIVE, ServiceRequestStatus.ONHOLD)
        .stream()
        .filter(other -> other.getIntent() != ServiceRequestIntent.FILLERORDER)
        .allMatch(other -> other.getIdElement().getIdPart().equals(referral));
  }

  private Date now() {
    return Date.from(clock.instant());
  }
}
