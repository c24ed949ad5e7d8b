package io.fingerpost.routes.inbound;

import io.fingerpost.routes.reliability.KeptMessage;

/**
 * Turns one sender's message into what it says: a pure function, so that a message kept in the log
 * can be translated again at any time with the same result.
 */
public interface Translator {

  /** The channel whose messages this reads, as it stands in the message log. */
  String channel();

  /**
   * @throws MessageRefused when the sender has to mend the message
   */
  Content translate(KeptMessage message);
}
