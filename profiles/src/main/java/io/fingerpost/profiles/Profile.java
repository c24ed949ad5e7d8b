package io.fingerpost.profiles;

import io.fingerpost.terminology.SystemUrl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of this model by canonical URL; each file is {@code StructureDefinition-<id>.json}.
 * A type has one profile that all its resources meet; a profile with {@link Mark}s is met by the
 * resources that bear the mark in its place, most often as a constraint on that one.
 */
public enum Profile {
  PATIENT("Patient", "fingerpost-patient"),
  PRACTITIONER("Practitioner", "fingerpost-practitioner"),
  PRACTITIONER_ROLE("PractitionerRole", "fingerpost-practitioner-role"),
  LINK_WORKER_ROLE(
      "PractitionerRole",
      "fingerpost-link-worker-role",
      Mark.coding("code", SystemUrl.SDS_JOB_ROLE.url(), "R9815"),
      Mark.coding("code", SystemUrl.SDS_JOB_ROLE_OF_HL7_UK.url(), "R9815")),
  RELATED_PERSON("RelatedPerson", "fingerpost-related-person"),
  ORGANIZATION("Organization", "fingerpost-organization"),
  LOCATION("Location", "fingerpost-location"),
  HEALTHCARE_SERVICE("HealthcareService", "fingerpost-healthcare-service"),
  CARE_TEAM("CareTeam", "fingerpost-care-team"),
  FLAG("Flag", "fingerpost-flag"),
  ADJUSTMENT_FLAG(
      "Flag",
      "fingerpost-adjustment-flag",
      Mark.coding("category", SystemUrl.FLAG_CATEGORY_BARS.url(), "RA"),
      Mark.coding(
          "category", SystemUrl.FLAG_CATEGORY_ENGLAND.url(), "national-reasonable-adjustment-flag"),
      Mark.coding("category", SystemUrl.FLAG_CATEGORY_ENGLAND.url(), "NRAF")),
  RISK_FLAG(
      "Flag",
      "fingerpost-risk-flag",
      Mark.coding("category", SystemUrl.FLAG_CATEGORY.url(), "risk-to-visitors")),
  SERVICE_REQUEST("ServiceRequest", "fingerpost-service-request"),
  TASK("Task", "fingerpost-task"),
  MATCH_TASK(
      "Task",
      "fingerpost-match-task",
      Mark.coding("code", SystemUrl.MATCHING.url(), "match-person")),
  CONSENT("Consent", "fingerpost-consent"),
  CARE_PLAN("CarePlan", "fingerpost-care-plan"),
  OBSERVATION("Observation", "fingerpost-observation"),
  GOAL("Goal", "fingerpost-goal"),
  EPISODE_OF_CARE("EpisodeOfCare", "fingerpost-episode-of-care"),
  APPOINTMENT("Appointment", "fingerpost-appointment"),
  ENCOUNTER("Encounter", "fingerpost-encounter"),
  COMMUNICATION("Communication", "fingerpost-communication"),
  PROVENANCE("Provenance", "fingerpost-provenance"),
  AUDIT_EVENT("AuditEvent", "fingerpost-audit-event"),
  MESSAGE_HEADER("MessageHeader", "fingerpost-message-header"),
  ONWARD_SERVICE_REQUEST(
      "ServiceRequest", "fingerpost-onward-service-request", Mark.code("intent", "filler-order")),
  MESSAGE_BUNDLE("Bundle", "fingerpost-message-bundle", Mark.code("type", "message")),
  NEED_OBSERVATION("Observation", "fingerpost-need-observation", Mark.kind("need")),
  STRENGTH_OBSERVATION("Observation", "fingerpost-strength-observation", Mark.kind("strength")),
  SCORE_OBSERVATION("Observation", "fingerpost-score-observation", Mark.kind("score")),
  SATISFACTION_OBSERVATION(
      "Observation", "fingerpost-satisfaction-observation", Mark.kind("satisfaction")),
  SERVICE_USE_OBSERVATION(
      "Observation", "fingerpost-service-use-observation", Mark.kind("service-use")),
  QUESTIONNAIRE("Questionnaire", "fingerpost-questionnaire"),
  QUESTIONNAIRE_RESPONSE("QuestionnaireResponse", "fingerpost-questionnaire-response");

  private static final String BASE = "https://fingerpost.io/StructureDefinition/";

  private final String resourceType;
  private final String id;
  private final List<Mark> marks;

  /**
   * @param marks any one of which a resource bears that this profile is for: one code may be
   *     written in several ways
   */
  Profile(String resourceType, String id, Mark... marks) {
    this.resourceType = resourceType;
    this.id = id;
    this.marks = List.of(marks);
  }

  public String url() {
    return BASE + id;
  }

  public String id() {
    return id;
  }

  /** What the names of its examples begin with: {@code OnwardServiceRequest}. */
  public String exampleName() {
    return Stream.of(id.split("-"))
        .skip(1)
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  public String resourceType() {
    return resourceType;
  }

  /** One of these a resource bears that this profile is for; none: the profile of all of a type. */
  public List<Mark> marks() {
    return marks;
  }

  /** The profile that every resource of a type must meet here; empty where the base type serves. */
  public static Optional<Profile> of(String resourceType) {
    for (Profile profile : values()) {
      if (profile.marks.isEmpty() && profile.resourceType.equals(resourceType)) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }

  /** The first marked profile of a type whose mark is found on a resource, else the unmarked. */
  static Optional<Profile> of(String resourceType, Mark.Bearer resource) {
    for (Profile profile : values()) {
      if (profile.resourceType.equals(resourceType)
          && profile.marks.stream().anyMatch(resource::bears)) {
        return Optional.of(profile);
      }
    }
    return of(resourceType);
  }

  /**
   * A code that tells which profile a resource is held to: the value of an element of type code, or
   * of one coding of a CodeableConcept.
   *
   * @param system of the coding; null for an element of type code
   */
  public record Mark(String element, @Nullable String system, String code) {
    static Mark code(String element, String code) {
      return new Mark(element, null, code);
    }

    static Mark coding(String element, String system, String code) {
      return new Mark(element, system, code);
    }

    /** Of an Observation: what it is, beside its standard categories. */
    static Mark kind(String code) {
      return coding("category", SystemUrl.OBSERVATION_KIND.url(), code);
    }

    /** A resource, in whichever form it is at hand. */
    interface Bearer {
      boolean bears(Mark mark);
    }
  }
}
