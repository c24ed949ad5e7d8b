package io.fingerpost.routes.sharing;

import io.fingerpost.routes.partners.Partner;
import java.time.Instant;
import java.util.UUID;

/** For tests of gateways only: what the gate would have given them. */
public final class ApprovedShares {

  private ApprovedShares() {}

  public static ApprovedShare of(
      UUID id, Instant at, Partner recipient, ReferralStanding standing) {
    return new ApprovedShare(id, at, recipient, standing);
  }
}
