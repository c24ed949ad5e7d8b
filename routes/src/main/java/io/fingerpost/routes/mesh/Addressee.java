package io.fingerpost.routes.mesh;

import java.util.Optional;
import java.util.UUID;

/** Who reads the data that comes by MESH. */
public interface Addressee {

  /**
   * What became of a message.
   *
   * @param message our id of it in the message log
   * @param answered whether its sender is to hear what became of it
   */
  record Taken(UUID message, boolean answered) {}

  /**
   * Keeps a message, whatever it is, and works on it. When this returns, it is committed; given the
   * same again, it says the same again.
   *
   * @param expected whether its workflow id is one of the mailbox's
   */
  Taken take(Post post, boolean expected);

  /**
   * What its sender hears, once that is known: the same each time.
   *
   * @param meshId MESH's id of the message, for a sender whose own could not be read
   */
  Optional<byte[]> answer(UUID message, String meshId);
}
