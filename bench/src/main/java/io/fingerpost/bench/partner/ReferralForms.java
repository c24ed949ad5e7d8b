package io.fingerpost.bench.partner;

import java.time.Instant;

/** What a web page sends: the referral form, as somebody has filled it in for themselves. */
public final class ReferralForms {

  private static final Template FORM = Template.named("referral-form.json");

  private ReferralForms() {}

  /**
   * @param id of this form
   */
  public static String filledIn(String id, Person person, Instant at) {
    return FORM.with(FilledIn.of(person, id, at));
  }
}
