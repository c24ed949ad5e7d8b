package io.fingerpost.bench.demo;

/**
 * One line of the journey.
 *
 * @param who acts
 * @param sends what is sent, in a partner's words
 * @param play sends it and reads back what came of it
 */
record Step(String who, String sends, Play play) {

  /** Something done to the server, and looked at afterwards. */
  @FunctionalInterface
  interface Play {
    Seen play() throws Exception;
  }

  /**
   * @param text what was read back
   * @param asTold whether that is what was to be expected
   */
  record Seen(String text, boolean asTold) {}
}
