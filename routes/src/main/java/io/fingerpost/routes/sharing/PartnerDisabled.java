package io.fingerpost.routes.sharing;

/** A partner is told nothing while it is disabled; it may be let in again. */
final class PartnerDisabled extends RuntimeException {

  private static final long serialVersionUID = 1L;
}
