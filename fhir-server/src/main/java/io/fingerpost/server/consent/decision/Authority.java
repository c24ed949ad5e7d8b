package io.fingerpost.server.consent.decision;

import java.time.Instant;

/**
 * On whose word a consent stands that the person did not give: whoever decided for them. Without
 * it, or outside its time, the consent opens nothing; what it refuses stays refused.
 *
 * @param recognised whether it is known that they may decide for this person at all
 * @param period when they may
 */
public record Authority(Capacity capacity, boolean recognised, Period period) {

  /** By what right somebody decides for another. */
  public enum Capacity {
    /** Lasting power of attorney for health and welfare. */
    ATTORNEY,
    /** Deputy for personal welfare, by the Court of Protection. */
    DEPUTY,
    /** Parental responsibility for a child. */
    PARENT,
    /** A professional's best-interests decision under the Mental Capacity Act. */
    BEST_INTERESTS,
    /** A relationship verified by National Proxy. */
    PROXY,
    /** Nothing that is known here. */
    UNKNOWN
  }

  /** Whether they could speak for the person when the consent was given, and can now. */
  boolean covers(Instant at, ConsentRecord consent) {
    return recognised
        && period.contains(at)
        && !consent.dateTime().earliest().isBefore(period.start());
  }

  /** A best-interests decision is made for somebody's care, and for nothing else. */
  boolean reaches(String purpose) {
    return capacity != Capacity.BEST_INTERESTS || Purposes.careOrItsRunning(purpose);
  }

  /** Of several who decided together each has to be able to. */
  public Authority jointlyWith(Authority other) {
    return new Authority(capacity, recognised && other.recognised, period.within(other.period));
  }
}
