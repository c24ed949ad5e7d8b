package io.fingerpost.routes.sharing;

/**
 * No answer came from the partner, or one that says later. It may have the message all the same,
 * and knows it again by its id.
 */
public final class PartnerUnreachable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param what happened, by kind: never the text of a cause, which may quote what was sent
   */
  public PartnerUnreachable(String what) {
    super(what);
  }
}
