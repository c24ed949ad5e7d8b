package io.fingerpost.routes.outbound.hospital;

/**
 * No answer to the message came back: no connection, no time, or an answer to something else. The
 * partner may have it all the same, and knows it again by its control id.
 */
public final class PartnerUnreachable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param what happened, by kind: never the text of a cause, which may quote what was sent
   */
  PartnerUnreachable(String what) {
    super(what);
  }
}
