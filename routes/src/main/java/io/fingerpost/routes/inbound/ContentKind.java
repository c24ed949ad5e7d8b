package io.fingerpost.routes.inbound;

import io.fingerpost.routes.reliability.KeptMessage;

/**
 * How one kind of content comes to be in the store. It runs within the transaction that settles the
 * message: what it writes and what it answers become true together.
 */
interface ContentKind<C extends Content> {

  Class<C> content();

  /**
   * @throws MessageRefused when the sender has to mend the message; then nothing is written
   */
  Outcome store(Part part, C content);

  /**
   * One thing that a message says.
   *
   * @param number from 1; a message that says one thing has one part
   * @param triedBefore whether an earlier try at this message may have stored it
   */
  record Part(KeptMessage message, int number, boolean triedBefore) {

    /**
     * What names this part among all that is stored: the sender's id of the message, or for a
     * further part one that no sender gives.
     */
    String id() {
      return number == 1
          ? message.sender() + "/" + message.messageId()
          : message.sender() + "/" + message.id() + "/" + number;
    }
  }
}
