package io.fingerpost.server.consent.decision;

import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One consent on a person's record, as the rules need it.
 *
 * @param reference how an auditor finds it
 * @param authority on whose word it stands; null when the person gave it
 * @param implied what makes it implied; null when the person gave it expressly
 * @param provision its root rule; null when it states none
 */
public record ConsentRecord(
    String reference,
    Status status,
    Stated dateTime,
    @Nullable Authority authority,
    @Nullable Implied implied,
    @Nullable Provision provision) {

  /** Whether one of its rules speaks of records by what they refer to. */
  public boolean looksAround() {
    return provision != null && provision.looksAround();
  }

  /** Every instant at which one of its rules, or the authority it stands on, begins or ends. */
  public Stream<Instant> turningPoints() {
    return Stream.concat(
        authority == null ? Stream.empty() : authority.period().turningPoints(),
        provision == null ? Stream.empty() : provision.turningPoints());
  }

  /**
   * Whether it permits anything at all at this instant: it is active, whoever gave it may give it,
   * and its root is a permit that was understood and holds then. What it permits, and whether
   * another consent outranks it, is for a decision to say.
   */
  public boolean isInForce(Instant at) {
    return status == Status.ACTIVE
        && (authority == null || authority.covers(at, this))
        && (provision == null ? implied != null : provision.permitsAt(at));
  }

  /** The states of a FHIR R4 consent. */
  public enum Status {
    DRAFT,
    PROPOSED,
    ACTIVE,
    REJECTED,
    INACTIVE,
    ENTERED_IN_ERROR;

    /** Whether the person has spoken at all. */
    boolean counts() {
      return this == ACTIVE || this == REJECTED || this == INACTIVE;
    }
  }

  /**
   * When a consent was given: between two instants, as a bare date is a whole day. Its permits
   * count from the earliest and its denies from the latest, so a doubt about the order closes.
   */
  public record Stated(Instant earliest, Instant latest) {
    public static final Stated UNKNOWN = new Stated(Instant.MIN, Instant.MAX);

    public static Stated at(Instant instant) {
      return new Stated(instant, instant);
    }
  }

  /**
   * Implied consent reaches no further than care between the scheme and the organisation that sent
   * it.
   *
   * @param sender ODS code of that organisation; null when it is not known
   */
  public record Implied(@Nullable String sender) {}
}
