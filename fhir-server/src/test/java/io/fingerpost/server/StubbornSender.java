package io.fingerpost.server;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A hospital system that sends as fast as it is answered, several messages ahead, and sends again
 * whatever was not acknowledged.
 */
final class StubbornSender implements Callable<Void> {

  private static final int AHEAD = 4;

  private final int port;
  private final Deque<String> waiting;
  private final AtomicInteger acknowledged;
  private final BooleanSupplier mayGoOn;
  private boolean isSentAgain;

  /**
   * @param acknowledged how many messages have been, by all senders together
   * @param mayGoOn whether something new may be sent; what was sent before is repeated regardless
   */
  StubbornSender(
      int port, List<String> messages, AtomicInteger acknowledged, BooleanSupplier mayGoOn) {
    this.port = port;
    this.waiting = new ArrayDeque<>(messages);
    this.acknowledged = acknowledged;
    this.mayGoOn = mayGoOn;
  }

  @Override
  public Void call() throws InterruptedException {
    while (!waiting.isEmpty()) {
      try (MllpConnection connection = MllpConnection.to(port)) {
        while (!waiting.isEmpty()) {
          if (isSentAgain || mayGoOn.getAsBoolean()) {
            sendSome(connection);
          } else if (Thread.interrupted()) {
            throw new InterruptedException();
          } else {
            LockSupport.parkNanos(1_000_000);
          }
        }
      } catch (IOException down) {
        isSentAgain = true;
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        Thread.onSpinWait();
      }
    }
    return null;
  }

  private void sendSome(MllpConnection connection) throws IOException {
    List<String> sent = new ArrayList<>();
    isSentAgain = false;
    for (String message : waiting) {
      if (sent.size() < AHEAD) {
        connection.send(message);
        sent.add(message);
      }
    }
    for (String message : sent) {
      String answer = connection.receive();
      if (!Hl7.field(answer, "MSA", 2).equals(Hl7.field(message, "MSH", 10))) {
        throw new IOException("answered out of order");
      }
      if (Hl7.code(answer).equals("AA")) {
        waiting.remove(message);
        acknowledged.incrementAndGet();
      }
    }
  }
}
