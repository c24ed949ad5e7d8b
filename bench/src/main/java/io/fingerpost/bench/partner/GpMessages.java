package io.fingerpost.bench.partner;

import java.time.Instant;

/** What Bramley Surgery sends: referrals as FHIR messages in the shape BaRS has. */
public final class GpMessages {

  private static final Template REFERRAL = Template.named("gp-referral.json");

  private GpMessages() {}

  /**
   * @param id of the message, a UUID; the referral has one made of it
   */
  public static String referral(String id, Person person, Instant at) {
    return REFERRAL.with(FilledIn.of(person, id, at));
  }
}
