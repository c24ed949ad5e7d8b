package io.fingerpost.profiles.referral;

import java.util.List;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.EpisodeOfCare.EpisodeOfCareStatus;

/**
 * How far the care that a referral asks for has come, and what its EpisodeOfCare and CarePlan may
 * say at that stage. Where something else is written, the first is put in its place.
 */
public enum CareStage {
  NOT_BEGUN(List.of(), List.of()),
  PLANNED(
      List.of(
          EpisodeOfCareStatus.PLANNED, EpisodeOfCareStatus.WAITLIST, EpisodeOfCareStatus.ACTIVE),
      List.of()),
  WAITING(List.of(EpisodeOfCareStatus.WAITLIST), List.of()),
  GIVEN(List.of(EpisodeOfCareStatus.ACTIVE, EpisodeOfCareStatus.ONHOLD), List.of()),
  FINISHED(
      List.of(EpisodeOfCareStatus.FINISHED),
      List.of(CarePlanStatus.COMPLETED, CarePlanStatus.REVOKED)),
  CALLED_OFF(
      List.of(EpisodeOfCareStatus.CANCELLED),
      List.of(CarePlanStatus.REVOKED, CarePlanStatus.COMPLETED)),
  MISTAKEN(List.of(EpisodeOfCareStatus.ENTEREDINERROR), List.of(CarePlanStatus.ENTEREDINERROR));

  private final List<EpisodeOfCareStatus> episode;
  private final List<CarePlanStatus> plan;

  CareStage(List<EpisodeOfCareStatus> episode, List<CarePlanStatus> plan) {
    this.episode = episode;
    this.plan = plan;
  }

  /** What an episode may say; anything where this is empty. */
  public List<EpisodeOfCareStatus> episode() {
    return episode;
  }

  /** What a plan may say; anything where this is empty. */
  public List<CarePlanStatus> plan() {
    return plan;
  }

  /** Whether an episode is open from now on. */
  public boolean isOpen() {
    return this == PLANNED || this == WAITING || this == GIVEN;
  }

  public boolean hasEnded() {
    return !plan.isEmpty();
  }
}
