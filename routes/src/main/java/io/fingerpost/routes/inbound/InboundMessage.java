package io.fingerpost.routes.inbound;

import java.time.Instant;
import java.util.UUID;

/**
 * A message as it was received. Ids of messages may be logged; the body never.
 *
 * @param id ours, given on receipt; stable over retries and restarts
 * @param sender ODS code of the sending organisation, from the registry, never from the payload
 * @param messageId the sender's own id: MSH-10, Bundle.identifier
 * @param channel which translator reads the body: {@code hospital-hl7v2}, {@code gp-fhir}
 */
public record InboundMessage(
    UUID id, String sender, String messageId, String channel, Instant receivedAt, byte[] body) {

  @Override
  public String toString() {
    return "InboundMessage[id=" + id + ", channel=" + channel + ", bytes=" + body.length + "]";
  }
}
