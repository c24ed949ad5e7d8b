package io.fingerpost.routes.reliability;

import java.time.Instant;
import java.util.UUID;

/**
 * A message as it was received. Ids of messages may be logged; the body never.
 *
 * @param id ours, given on receipt; stable over retries and restarts
 * @param sender ODS code of the sending organisation, from the registry, never from the payload
 * @param messageId the sender's own id: MSH-10, Bundle.identifier
 * @param channel which translator reads the body
 */
public record KeptMessage(
    UUID id, String sender, String messageId, String channel, Instant receivedAt, byte[] body) {

  @Override
  public String toString() {
    return "KeptMessage[id=" + id + ", channel=" + channel + ", bytes=" + body.length + "]";
  }
}
