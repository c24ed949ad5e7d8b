package io.fingerpost.routes.sharing;

import io.fingerpost.routes.partners.Partner;
import java.time.Instant;
import java.util.UUID;

/**
 * Something a partner may be told, because the gate has asked. Nobody else can make one, and a
 * gateway takes nothing else.
 */
public final class ApprovedShare {

  private final UUID id;
  private final Instant at;
  private final Partner recipient;
  private final ReferralStanding standing;

  ApprovedShare(UUID id, Instant at, Partner recipient, ReferralStanding standing) {
    this.id = id;
    this.at = at;
    this.recipient = recipient;
    this.standing = standing;
  }

  /** The same whenever it is sent again: what is sent carries it as its message id. */
  public UUID id() {
    return id;
  }

  /** When the change was made. */
  public Instant at() {
    return at;
  }

  public Partner recipient() {
    return recipient;
  }

  public ReferralStanding standing() {
    return standing;
  }
}
