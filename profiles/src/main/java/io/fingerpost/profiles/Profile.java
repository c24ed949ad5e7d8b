package io.fingerpost.profiles;

import java.util.Optional;

/**
 * The profiles of this model by canonical URL; each file is {@code StructureDefinition-<id>.json}.
 */
public enum Profile {
  PATIENT("Patient", "fingerpost-patient"),
  SERVICE_REQUEST("ServiceRequest", "fingerpost-service-request"),
  TASK("Task", "fingerpost-task"),
  CONSENT("Consent", "fingerpost-consent"),
  CARE_PLAN("CarePlan", "fingerpost-care-plan"),
  OBSERVATION("Observation", "fingerpost-observation");

  private static final String BASE = "https://fingerpost.io/StructureDefinition/";

  private final String resourceType;
  private final String id;

  Profile(String resourceType, String id) {
    this.resourceType = resourceType;
    this.id = id;
  }

  public String url() {
    return BASE + id;
  }

  public String id() {
    return id;
  }

  public String resourceType() {
    return resourceType;
  }

  /** The profile that every resource of a type must meet here; empty where the base type serves. */
  public static Optional<Profile> of(String resourceType) {
    for (Profile profile : values()) {
      if (profile.resourceType.equals(resourceType)) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }
}
