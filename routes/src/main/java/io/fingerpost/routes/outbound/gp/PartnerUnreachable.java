package io.fingerpost.routes.outbound.gp;

/** A partner cannot take a message now: the same message is to be sent again later. */
public final class PartnerUnreachable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PartnerUnreachable(int status) {
    super("The partner answered HTTP " + status + ".");
  }

  /** Names the kind of failure only: its text may hold the address. */
  PartnerUnreachable(Throwable cause) {
    super("The partner did not answer: " + cause.getClass().getSimpleName() + ".");
  }
}
