package io.fingerpost.routes.inbound;

import io.fingerpost.routes.partners.Partner;

/**
 * How one channel takes a sample of what a sender will send: parted, read and answered as if it had
 * come by the channel, and given to an intake that keeps nothing.
 */
public interface SampleReader {

  /** The channel, as it stands in the message log. */
  String channel();

  /**
   * Whether a file looks like what comes by this channel. Of any file, one channel at most says so.
   *
   * @param name of the file, as its sender has it
   */
  boolean recognises(String name, byte[] sample);

  /**
   * Gives all the messages of the sample to the intake.
   *
   * @param sender whose sample it is
   * @return what the sender would be answered, as it would be sent
   */
  String answer(Partner sender, String name, byte[] sample, Intake intake);
}
