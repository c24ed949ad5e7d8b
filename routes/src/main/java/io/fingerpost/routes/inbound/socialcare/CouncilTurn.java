package io.fingerpost.routes.inbound.socialcare;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Whose turn it is with a council's folder: one node's, until it has finished the files it took up,
 * so that they are worked on once and in their order. Camel knows this as the repository of the
 * files in progress.
 */
final class CouncilTurn extends ServiceSupport implements IdempotentRepository {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Lock lock;
  private final Clock clock;
  private final Set<String> inProgress = new HashSet<>();
  private Instant waitUntil = Instant.MIN;
  private Duration wait = Duration.ZERO;
  private boolean hasTurn;
  private volatile boolean left;

  /** Among all nodes; held until it is given back or the node dies. */
  interface Lock {

    /** Whether it is this node's; asked again while it is, since a lock may be lost. */
    boolean take();

    void giveBack();
  }

  CouncilTurn(Lock lock, Clock clock) {
    this.lock = lock;
    this.clock = clock;
  }

  @Override
  public synchronized boolean add(String file) {
    if (inProgress.contains(file) || clock.instant().isBefore(waitUntil)) {
      return false;
    }
    hasTurn = lock.take();
    if (!hasTurn) {
      return false;
    }
    inProgress.add(file);
    return true;
  }

  @Override
  public synchronized boolean contains(String file) {
    return inProgress.contains(file);
  }

  @Override
  public synchronized boolean remove(String file) {
    boolean was = inProgress.remove(file);
    if (inProgress.isEmpty()) {
      giveBack();
    }
    return was;
  }

  @Override
  public boolean confirm(String file) {
    return true;
  }

  @Override
  public synchronized void clear() {
    inProgress.clear();
    giveBack();
  }

  /**
   * A file failed for our own reasons: it and those behind it are left alone for a while, each time
   * for longer.
   */
  synchronized void postpone() {
    Duration next = wait.isZero() ? FIRST_WAIT : wait.multipliedBy(2);
    wait = next.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : next;
    waitUntil = clock.instant().plus(wait);
  }

  synchronized void goOn() {
    wait = Duration.ZERO;
    waitUntil = Instant.MIN;
  }

  /** The folder is served no more: what is worked on is left where it is. */
  void leave() {
    left = true;
  }

  boolean isLeft() {
    return left;
  }

  @Override
  protected void doStop() {
    clear();
  }

  private void giveBack() {
    if (hasTurn) {
      hasTurn = false;
      lock.giveBack();
    }
  }
}
