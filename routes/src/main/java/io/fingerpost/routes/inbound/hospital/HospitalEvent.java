package io.fingerpost.routes.inbound.hospital;

import java.util.Map;
import java.util.Optional;

/** What a message is about, by MSH-9: the types and triggers that are taken. */
enum HospitalEvent {
  /** REF^I12: a new referral. */
  REFERRAL,
  /** REF^I13: a referral changed. */
  REFERRAL_CHANGED,
  /** REF^I14: a referral taken back. */
  REFERRAL_CANCELLED,
  /** ORM^O01: consult orders, each with a control code of its own. */
  ORDERS,
  /** ADT^A01, A03, A04, A08, A28, A31: what is now known of a person. */
  PERSON,
  /** ADT^A40: two records of one person. */
  MERGE;

  private static final Map<String, HospitalEvent> TAKEN =
      Map.ofEntries(
          Map.entry("REF^I12", REFERRAL),
          Map.entry("REF^I13", REFERRAL_CHANGED),
          Map.entry("REF^I14", REFERRAL_CANCELLED),
          Map.entry("ORM^O01", ORDERS),
          Map.entry("ADT^A01", PERSON),
          Map.entry("ADT^A03", PERSON),
          Map.entry("ADT^A04", PERSON),
          Map.entry("ADT^A08", PERSON),
          Map.entry("ADT^A28", PERSON),
          Map.entry("ADT^A31", PERSON),
          Map.entry("ADT^A40", MERGE));

  static final String ALL =
      "REF^I12, REF^I13, REF^I14, ORM^O01, or ADT^A01, A03, A04, A08, A28, A31 or A40";

  /** Empty for what is not taken; older senders write ORM alone, whose one trigger is O01. */
  static Optional<HospitalEvent> of(Hl7Header header) {
    String trigger =
        header.type().equals("ORM") && header.trigger().isEmpty() ? "O01" : header.trigger();
    return Optional.ofNullable(TAKEN.get(header.type() + "^" + trigger));
  }

  /** What a sender does instead of sending what is not taken. */
  static String insteadOf(Hl7Header header) {
    return header.type().equals("REF") && header.trigger().equals("I15")
        ? "How a referral stands is not asked for: RRI^I12 tells it whenever it changes."
        : "Send " + ALL + ".";
  }
}
