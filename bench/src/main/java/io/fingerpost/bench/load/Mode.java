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
  SEARCH_CONSENT("CarePlan search, under consent"),
  /** A page of the plans of 200 people, each asked about. */
  PAGE("200 CarePlans on a page, the scheme's"),
  PAGE_CONSENT("200 CarePlans on a page, under consent"),
  /** The plan of somebody who has said 200 times who may see what. */
  MANY("CarePlan of a person with 200 consents, the scheme's"),
  MANY_CONSENT("CarePlan of a person with 200 consents, under them");

  private final String title;

  Mode(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  boolean isSearch() {
    return compareTo(SEARCH) >= 0;
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
