package io.fingerpost.server.tracing;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps tracing going in a thread of its own: waiting for the service holds up nothing else that is
 * due.
 */
final class Tracer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Tracer.class);

  private final Tracing tracing;
  private final Duration poll;
  private volatile @Nullable ScheduledExecutorService thread;

  Tracer(Tracing tracing, Duration poll) {
    this.tracing = tracing;
    this.poll = poll;
  }

  @Override
  public void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread daemon = new Thread(work, "tracing");
              daemon.setDaemon(true);
              return daemon;
            });
    started.scheduleWithFixedDelay(
        this::trace, poll.toMillis(), poll.toMillis(), TimeUnit.MILLISECONDS);
    thread = started;
  }

  /** A database that is away for a while ends no thread. */
  private void trace() {
    try {
      tracing.traceWhatIsDue();
    } catch (RuntimeException failure) {
      log.warn("outcome=not-traced cause={}", failure.getClass().getSimpleName());
    }
  }

  /** What was begun and not finished another node, or the next start, takes up after its lease. */
  @Override
  public void stop() {
    ScheduledExecutorService running = thread;
    if (running != null) {
      running.shutdownNow();
      thread = null;
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
