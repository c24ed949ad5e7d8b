package io.fingerpost.server.consent.enforcement;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * Whom a resource is about. The types that are about nobody are a closed list; everything else is
 * somebody's, and if it cannot be told whose, nobody's consent can open it.
 */
public sealed interface PersonOf {

  /** Not about a person: anyone with the scope may see it. */
  record Nobody() implements PersonOf {}

  /**
   * About these people ({@code Patient/<id>}); each has to agree. Empty: about somebody unknown.
   */
  record People(Set<String> references) implements PersonOf {}

  Set<String> ABOUT_NOBODY =
      Set.of(
          "Organization",
          "Practitioner",
          "PractitionerRole",
          "Location",
          "HealthcareService",
          "Endpoint",
          "Questionnaire",
          "SearchParameter",
          "CodeSystem",
          "ValueSet",
          "ConceptMap",
          "StructureDefinition",
          "CapabilityStatement",
          "OperationDefinition",
          "OperationOutcome",
          "Parameters",
          // Only a container: what is in it is asked about piece by piece.
          "Bundle");

  /** Whether resources of a type are about people. */
  static boolean isSomebodys(String type) {
    return !ABOUT_NOBODY.contains(type);
  }

  static PersonOf in(IBaseResource resource) {
    if (ABOUT_NOBODY.contains(resource.fhirType())) {
      return new Nobody();
    }
    return new People(
        Set.copyOf(
            subjects(resource).stream()
                .filter(Reference::hasReference)
                .map(subject -> subject.getReferenceElement().toUnqualifiedVersionless())
                .filter(id -> "Patient".equals(id.getResourceType()))
                .map(id -> id.getValue())
                .toList()));
  }

  private static List<Reference> subjects(IBaseResource resource) {
    if (resource instanceof Patient patient) {
      return List.of(new Reference("Patient/" + patient.getIdElement().getIdPart()));
    } else if (resource instanceof ServiceRequest request) {
      return List.of(request.getSubject());
    } else if (resource instanceof Task task) {
      return List.of(task.getFor());
    } else if (resource instanceof CarePlan plan) {
      return List.of(plan.getSubject());
    } else if (resource instanceof Observation observation) {
      return List.of(observation.getSubject());
    } else if (resource instanceof Consent consent) {
      return List.of(consent.getPatient());
    } else if (resource instanceof Goal goal) {
      return List.of(goal.getSubject());
    } else if (resource instanceof QuestionnaireResponse response) {
      return List.of(response.getSubject());
    } else if (resource instanceof Flag flag) {
      return List.of(flag.getSubject());
    } else if (resource instanceof Encounter encounter) {
      return List.of(encounter.getSubject());
    } else if (resource instanceof EpisodeOfCare episode) {
      return List.of(episode.getPatient());
    } else if (resource instanceof Communication communication) {
      return List.of(communication.getSubject());
    } else if (resource instanceof CareTeam team) {
      return List.of(team.getSubject());
    } else if (resource instanceof RelatedPerson related) {
      return List.of(related.getPatient());
    } else if (resource instanceof Appointment appointment) {
      return appointment.getParticipant().stream()
          .map(Appointment.AppointmentParticipantComponent::getActor)
          .toList();
    }
    return List.of();
  }
}
