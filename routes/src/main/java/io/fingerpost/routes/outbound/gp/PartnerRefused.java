package io.fingerpost.routes.outbound.gp;

/** A partner does not take this message as it is: sending it again unchanged cannot help. */
public final class PartnerRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  PartnerRefused(int status) {
    super("The partner answered HTTP " + status + ". Look at the message and its settings.");
    this.status = status;
  }

  public int status() {
    return status;
  }
}
