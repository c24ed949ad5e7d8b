package io.fingerpost.bench.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the clients do over and over. */
enum Mode {
  /** A hospital's REF^I12, each about a person not seen before. */
  MLLP("REF^I12 by MLLP"),
  /** A GP system's referral message, likewise. */
  GP("referral by $process-message"),
  /** The six resources of such a referral, posted as one transaction by the scheme. */
  TRANSACTION("six-resource transaction"),
  /** The scheme looks up a person's support plan; nothing is to be decided. */
  SEARCH("CarePlan search, the scheme's"),
  /** A hospital looks it up under the person's consent; decided and recorded each time. */
  SEARCH_CONSENT("CarePlan search, under consent");

  private final String title;

  Mode(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  boolean isSearch() {
    return this == SEARCH || this == SEARCH_CONSENT;
  }

  private String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Mode> named(String option) {
    return Arrays.stream(values()).filter(mode -> mode.option().equals(option)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(Mode::option).collect(Collectors.joining(", "));
  }
}
