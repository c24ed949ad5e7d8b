package io.fingerpost.server.storage;

import java.util.List;

/** The resource types of a scheme: what the server stores, and nothing else. */
public final class StoredTypes {

  /**
   * Design of the scheme's twelve components; SearchParameter is HAPI's own need. AuditEvents are
   * kept apart, where nothing can be changed.
   */
  public static final List<String> ALL =
      List.of(
          "Patient",
          "Practitioner",
          "PractitionerRole",
          "RelatedPerson",
          "Organization",
          "Location",
          "HealthcareService",
          "CareTeam",
          "Endpoint",
          "ServiceRequest",
          "Task",
          "Consent",
          "Questionnaire",
          "QuestionnaireResponse",
          "Observation",
          "Goal",
          "CarePlan",
          "Appointment",
          "Encounter",
          "Communication",
          "EpisodeOfCare",
          "Flag",
          "Provenance",
          "SearchParameter");

  private StoredTypes() {}
}
