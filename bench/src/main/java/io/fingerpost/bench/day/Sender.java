package io.fingerpost.bench.day;

import java.io.IOException;

/** One connection of one sender. */
interface Sender extends AutoCloseable {

  /**
   * Sends what comes next and waits for the answer.
   *
   * @return what it was
   */
  Sent send() throws Exception;

  @Override
  default void close() throws IOException {}

  /**
   * What was sent, and how it was answered.
   *
   * @param messages how many the log has to have more of: a file has as many as rows
   * @param referrals how many the store has to have more of
   * @param fault what is wrong with the answer; empty where it was the one due
   */
  record Sent(int messages, int referrals, String fault) {

    static Sent asDue(int messages, int referrals) {
      return new Sent(messages, referrals, "");
    }

    static Sent wrongly(String fault) {
      return new Sent(0, 0, fault);
    }
  }
}
