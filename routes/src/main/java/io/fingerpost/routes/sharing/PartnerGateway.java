package io.fingerpost.routes.sharing;

import io.fingerpost.routes.partners.Partner;

/** The way to one kind of partner: translates what may be told and delivers it. */
public interface PartnerGateway {

  /** Whether this partner is reached by this gateway, as the registry says. */
  boolean serves(Partner partner);

  /**
   * Returns when the partner has it.
   *
   * @throws PartnerUnreachable when it may be tried again, with the same id
   * @throws PartnerRefused when trying again unchanged cannot help
   */
  void deliver(ApprovedShare share);
}
