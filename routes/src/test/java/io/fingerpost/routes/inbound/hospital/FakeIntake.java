package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A spine that stores everything, remembers what it was given, and breaks when told to. */
final class FakeIntake implements Intake {

  /** {@code sender/messageId} of what was received, in order. */
  final List<String> received = new CopyOnWriteArrayList<>();

  /** {@code sender/messageId code} of what was refused before translation. */
  final List<String> refused = new CopyOnWriteArrayList<>();

  volatile Runnable beforeEach = () -> {};

  @Override
  public Receipt receive(String sender, String messageId, byte[] body) {
    beforeEach.run();
    received.add(sender + "/" + messageId);
    return receipt(messageId, new Outcome.Stored("ServiceRequest/" + messageId));
  }

  @Override
  public Receipt refuse(String sender, String messageId, byte[] body, MessageRefused refusal) {
    beforeEach.run();
    refused.add(sender + "/" + messageId + " " + refusal.code());
    return receipt(messageId, new Outcome.Refused(refusal.refusal()));
  }

  private static Receipt receipt(String messageId, Outcome outcome) {
    UUID id = UUID.nameUUIDFromBytes(messageId.getBytes(StandardCharsets.UTF_8));
    return new Receipt(id, Aldhelm.NOW, false, outcome);
  }
}
