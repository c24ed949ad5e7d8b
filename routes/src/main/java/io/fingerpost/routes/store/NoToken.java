package io.fingerpost.routes.store;

/** The store's token endpoint gave no token: ours to mend, and tried again with what wanted it. */
public final class NoToken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param why by kind or status: nothing of an answer's text
   */
  NoToken(String why) {
    super(why);
  }
}
