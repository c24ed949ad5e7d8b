package io.fingerpost.profiles.referral;

import java.util.Locale;

/** As what somebody moves a referral from one state to the next. */
public enum MoveRole {
  /** The organisation that referred, for its own referrals. */
  SENDER,
  /** The scheme that was referred to. */
  SCHEME,
  /** Fingerpost itself, when it stores what came, and when a consent arrives. */
  PROGRAM;

  /** As it stands in the documentation. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
