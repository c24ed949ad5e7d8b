package io.fingerpost.bench.day;

import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.day.Sender.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * All senders at once, hour after hour of the day, each hour as fast as it goes. An hour ends when
 * every sender has sent its part of it.
 */
final class Day implements AutoCloseable {

  static final int HOURS = 24;

  private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();

  /** What was counted of one kind of sender in an hour, or in the whole day. */
  static final class Counted {
    final Histogram nanos = new ConcurrentHistogram(LONGEST_NANOS, 3);
    final AtomicLong messages = new AtomicLong();
    final AtomicLong referrals = new AtomicLong();
    final AtomicLong faults = new AtomicLong();

    void add(Counted other) {
      nanos.add(other.nanos);
      messages.addAndGet(other.messages.get());
      referrals.addAndGet(other.referrals.get());
      faults.addAndGet(other.faults.get());
    }
  }

  private final int messages;
  private final Map<Kind, List<Sender>> senders = new EnumMap<>(Kind.class);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> faults = new ArrayList<>();

  /**
   * @param messages in the whole day
   * @param open makes a sender of a kind, whose files have so many rows
   */
  Day(int messages, BiFunction<Kind, Integer, Sender> open) {
    this.messages = messages;
    for (Kind kind : Kind.values()) {
      List<Sender> connections = new ArrayList<>();
      for (int i = 0; i < kind.connections(); i++) {
        connections.add(open.apply(kind, Math.max(1, ofAnHour(kind))));
      }
      senders.put(kind, connections);
    }
  }

  private int ofAnHour(Kind kind) {
    return kind.of(messages) / HOURS;
  }

  /** One hour of the day. */
  Map<Kind, Counted> hour() throws InterruptedException {
    Map<Kind, Counted> counted = new EnumMap<>(Kind.class);
    List<Callable<Void>> work = new ArrayList<>();
    senders.forEach(
        (kind, connections) -> {
          Counted ofKind = new Counted();
          counted.put(kind, ofKind);
          // A council's part of an hour is one file.
          AtomicInteger left = new AtomicInteger(kind == Kind.COUNCIL ? 1 : ofAnHour(kind));
          connections.forEach(sender -> work.add(() -> send(kind, sender, left, ofKind)));
        });
    for (Future<Void> done : threads.invokeAll(work)) {
      try {
        done.get();
      } catch (ExecutionException broken) {
        throw new CommandFailed("A sender broke off: " + broken.getCause(), broken);
      }
    }
    return counted;
  }

  private Void send(Kind kind, Sender sender, AtomicInteger left, Counted counted)
      throws Exception {
    while (left.getAndDecrement() > 0) {
      long begun = System.nanoTime();
      Sent sent = sender.send();
      counted.nanos.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - begun));
      counted.messages.addAndGet(sent.messages());
      counted.referrals.addAndGet(sent.referrals());
      if (!sent.fault().isEmpty()) {
        counted.faults.incrementAndGet();
        keep(kind + ": " + sent.fault());
      }
    }
    return null;
  }

  private void keep(String fault) {
    synchronized (faults) {
      if (faults.size() < 10) {
        faults.add(fault);
      }
    }
  }

  /** The first of the answers that were not the ones due. */
  List<String> faults() {
    synchronized (faults) {
      return List.copyOf(faults);
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    for (List<Sender> connections : senders.values()) {
      for (Sender sender : connections) {
        sender.close();
      }
    }
  }
}
