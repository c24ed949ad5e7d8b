package io.fingerpost.bench.partner;

import java.time.Instant;

/** What Wexcombe Homes sends: referrals as JSON, by the schema of the server. */
public final class HousingReferrals {

  private static final Template REFERRAL = Template.named("housing-referral.json");

  private HousingReferrals() {}

  /**
   * @param id what the landlord's own numbers of referral, person and tenancy are made of
   */
  public static String referral(String id, Person person, Instant at) {
    return REFERRAL.with(FilledIn.of(person, id, at));
  }
}
