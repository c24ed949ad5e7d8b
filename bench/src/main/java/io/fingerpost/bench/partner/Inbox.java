package io.fingerpost.bench.partner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a partner's system has received, for as long as it runs. */
public final class Inbox {

  private final List<String> received = new ArrayList<>();

  synchronized void add(String message) {
    received.add(message);
    notifyAll();
  }

  public synchronized int size() {
    return received.size();
  }

  /** The first message like this, waiting for it if it has not come yet. */
  public synchronized Optional<String> await(Predicate<String> wanted, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<String> found = received.stream().filter(wanted).findFirst();
      long left = (end - System.nanoTime()) / 1_000_000;
      if (found.isPresent() || left <= 0) {
        return found;
      }
      wait(left);
    }
  }
}
