package io.fingerpost.server.assessment;

import java.util.Optional;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;

/**
 * What becomes of what an earlier call made, after the response was amended. Empty where it stays
 * as it is, so that a call that brings nothing new writes nothing.
 */
final class Amendment {

  private Amendment() {}

  /** The answer is there: as given now. */
  static Optional<DomainResource> of(DomainResource stored, DomainResource made) {
    if (stored instanceof Observation before && made instanceof Observation now) {
      return observation(before, now);
    }
    if (stored instanceof Goal before && made instanceof Goal now) {
      return goal(before, now);
    }
    throw new IllegalArgumentException(stored.fhirType());
  }

  /** The answer was taken back. What was made of it is kept, as an error. */
  static Optional<DomainResource> withdrawn(DomainResource stored) {
    if (stored instanceof Observation before
        && before.getStatus() != ObservationStatus.ENTEREDINERROR) {
      return Optional.of(before.copy().setStatus(ObservationStatus.ENTEREDINERROR));
    }
    // A goal that was taken up is part of a plan by now, and the plan's to end.
    if (stored instanceof Goal before
        && before.getLifecycleStatus() == GoalLifecycleStatus.PROPOSED) {
      return Optional.of(before.copy().setLifecycleStatus(GoalLifecycleStatus.ENTEREDINERROR));
    }
    return Optional.empty();
  }

  /** What people have done with a goal since is theirs; the words are the response's. */
  private static Optional<DomainResource> goal(Goal before, Goal now) {
    Goal after = before.copy();
    after.getDescription().setText(now.getDescription().getText());
    if (before.getLifecycleStatus() == GoalLifecycleStatus.ENTEREDINERROR) {
      after.setLifecycleStatus(GoalLifecycleStatus.PROPOSED);
    }
    return after.equalsDeep(before) ? Optional.empty() : Optional.of(after);
  }

  /** What others have added beside, such as notes and labels, stays. */
  private static Optional<DomainResource> observation(Observation before, Observation now) {
    Observation after = before.copy();
    after.setBasedOn(now.getBasedOn()).setDerivedFrom(now.getDerivedFrom());
    after.setCategory(now.getCategory()).setCode(now.getCode());
    after.setSubject(now.getSubject()).setEncounter(now.hasEncounter() ? now.getEncounter() : null);
    after.setEffective(now.getEffective()).setIssuedElement(now.getIssuedElement());
    after.setPerformer(now.getPerformer()).setDataAbsentReason(null);
    after.setValue(now.getValue()).setInterpretation(now.getInterpretation());
    if (after.equalsDeep(before) && before.getStatus() != ObservationStatus.ENTEREDINERROR) {
      return Optional.empty();
    }
    return Optional.of(after.setStatus(ObservationStatus.AMENDED));
  }
}
