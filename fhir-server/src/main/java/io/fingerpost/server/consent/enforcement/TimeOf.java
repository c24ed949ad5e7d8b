package io.fingerpost.server.consent.enforcement;

import io.fingerpost.server.consent.decision.Period;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** The time that content is of, which a rule about content of some time is held against. */
final class TimeOf {

  private TimeOf() {}

  /** Empty where the resource does not say, or is of no time, as a person is. */
  static Optional<Period> content(Resource resource) {
    Type stated = statedIn(resource);
    if (stated instanceof BaseDateTimeType date) {
      return FhirTime.spanOf(date);
    }
    return stated instanceof org.hl7.fhir.r4.model.Period period && !period.isEmpty()
        ? FhirTime.from(period)
        : Optional.empty();
  }

  private static @Nullable Type statedIn(Resource resource) {
    if (resource instanceof Appointment appointment) {
      return appointment.getStartElement();
    } else if (resource instanceof CarePlan plan) {
      return plan.hasPeriod() ? plan.getPeriod() : plan.getCreatedElement();
    } else if (resource instanceof Communication communication) {
      return communication.hasSent()
          ? communication.getSentElement()
          : communication.getReceivedElement();
    } else if (resource instanceof Consent consent) {
      return consent.getDateTimeElement();
    } else if (resource instanceof Encounter encounter) {
      return encounter.getPeriod();
    } else if (resource instanceof EpisodeOfCare episode) {
      return episode.getPeriod();
    } else if (resource instanceof Flag flag) {
      return flag.getPeriod();
    } else if (resource instanceof Goal goal) {
      return goal.getStart();
    } else if (resource instanceof Observation observation) {
      return observation.getEffective();
    } else if (resource instanceof QuestionnaireResponse response) {
      return response.getAuthoredElement();
    } else if (resource instanceof ServiceRequest request) {
      return request.getAuthoredOnElement();
    } else if (resource instanceof Task task) {
      return task.getAuthoredOnElement();
    }
    return null;
  }
}
