package io.fingerpost.bench.load;

import io.fingerpost.bench.CommandFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** So many clients, each doing its thing again as soon as it is done, for so long. */
final class ClosedLoop {

  private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();

  /**
   * @param nanos of each that went well
   * @param lasted from the first begun to the last ended
   */
  record Counted(Histogram nanos, long errors, @Nullable String firstError, Duration lasted) {}

  private final Supplier<Worker> workers;
  private final int clients;

  ClosedLoop(Supplier<Worker> workers, int clients) {
    this.workers = workers;
    this.clients = clients;
  }

  Counted run(Duration time) throws InterruptedException {
    Histogram nanos = new ConcurrentHistogram(LONGEST_NANOS, 3);
    AtomicLong errors = new AtomicLong();
    List<String> firstErrors = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = 0; i < clients; i++) {
      Runnable client = () -> loop(begun + time.toNanos(), nanos, errors, firstErrors);
      Thread thread = new Thread(client, "client-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Duration lasted = Duration.ofNanos(System.nanoTime() - begun);
    synchronized (firstErrors) {
      return new Counted(
          nanos, errors.get(), firstErrors.isEmpty() ? null : firstErrors.get(0), lasted);
    }
  }

  private void loop(long end, Histogram nanos, AtomicLong errors, List<String> firstErrors) {
    try (Worker worker = workers.get()) {
      while (System.nanoTime() < end) {
        long begun = System.nanoTime();
        String error = once(worker);
        if (error == null) {
          nanos.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - begun));
        } else {
          errors.incrementAndGet();
          keep(error, firstErrors);
        }
      }
    } catch (Exception broken) {
      errors.incrementAndGet();
      keep(broken.toString(), firstErrors);
    }
  }

  private static @Nullable String once(Worker worker) throws Exception {
    try {
      return worker.once() ? null : "an answer that was not the one hoped for";
    } catch (CommandFailed failed) {
      return failed.getMessage();
    }
  }

  private static void keep(String error, List<String> firstErrors) {
    synchronized (firstErrors) {
      if (firstErrors.isEmpty()) {
        firstErrors.add(error);
      }
    }
  }
}
