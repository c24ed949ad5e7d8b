package io.fingerpost.profiles;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of this model by canonical URL; each file is {@code StructureDefinition-<id>.json}.
 * A type has one profile that all its resources meet; a profile with a {@link Mark} is a constraint
 * on that one, and is met by the resources that bear the mark.
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
  private final @Nullable Mark mark;

  Profile(String resourceType, String id) {
    this(resourceType, id, null);
  }

  Profile(String resourceType, String id, @Nullable Mark mark) {
    this.resourceType = resourceType;
    this.id = id;
    this.mark = mark;
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

  /** What a resource bears that this profile is for; empty for the one profile of all of a type. */
  public Optional<Mark> mark() {
    return Optional.ofNullable(mark);
  }

  /** The profile that every resource of a type must meet here; empty where the base type serves. */
  public static Optional<Profile> of(String resourceType) {
    for (Profile profile : values()) {
      if (profile.mark == null && profile.resourceType.equals(resourceType)) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }

  /** The first marked profile of a type whose mark is found on a resource, else the unmarked. */
  static Optional<Profile> of(String resourceType, Mark.Bearer resource) {
    for (Profile profile : values()) {
      if (profile.mark != null
          && profile.resourceType.equals(resourceType)
          && resource.bears(profile.mark)) {
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

    /** A resource, in whichever form it is at hand. */
    interface Bearer {
      boolean bears(Mark mark);
    }
  }
}
