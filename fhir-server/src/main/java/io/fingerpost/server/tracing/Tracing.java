package io.fingerpost.server.tracing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the service about whoever is due, one at a time, as fast as the gate lets it. */
final class Tracing {

  private static final Logger log = LoggerFactory.getLogger(Tracing.class);

  private final TraceQueue queue;
  private final PdsGate gate;
  private final PdsClient service;
  private final TraceStore store;
  private final PdsSettings settings;
  private final Clock clock;

  Tracing(
      TraceQueue queue,
      PdsGate gate,
      PdsClient service,
      TraceStore store,
      PdsSettings settings,
      Clock clock) {
    this.queue = queue;
    this.gate = gate;
    this.service = service;
    this.store = store;
    this.settings = settings;
    this.clock = clock;
  }

  /** One after the other while there is work and the gate is open. */
  void traceWhatIsDue() {
    while (traceNext()) {
      // The next one.
    }
  }

  private boolean traceNext() {
    Instant now = clock.instant();
    if (!queue.hasDue(now) || !gate.passes()) {
      return false;
    }
    TraceQueue.Row row =
        store.committed(() -> queue.take(now, now.plus(settings.lease())).orElse(null));
    if (row != null) {
      trace(row);
    }
    return row != null;
  }

  private void trace(TraceQueue.Row row) {
    Optional<Patient> person = store.patient(row.patient());
    Optional<TraceQuestion> question =
        person.flatMap(TraceQuestion::about).filter(it -> it.digest().equals(row.question()));
    if (question.isEmpty()) {
      // Deleted, or described anew: then another row's turn comes, or nobody's.
      store.committed(() -> queue.end(row, TraceOutcome.NOTHING_TO_ASK, clock.instant()));
      return;
    }
    try {
      PdsAnswer answer = ask(question.get());
      gate.answered();
      TraceOutcome outcome = store.takeUp(row, answer);
      log.info("outcome=traced result={}", outcome);
    } catch (PdsUnavailable unavailable) {
      Duration asked = unavailable.retryAfter().orElse(Duration.ZERO);
      gate.failed(asked);
      putOff(row, String.valueOf(unavailable.getMessage()), asked);
    } catch (RuntimeException failure) {
      putOff(row, failure.getClass().getSimpleName(), Duration.ZERO);
    }
  }

  private PdsAnswer ask(TraceQuestion question) {
    return question.number().map(service::read).orElseGet(() -> service.search(question.by()));
  }

  private void putOff(TraceQueue.Row row, String cause, Duration asked) {
    boolean again = row.attempts() + 1 < settings.attempts();
    Duration delay = settings.delayAfter(row.attempts());
    Duration wait = asked.compareTo(delay) > 0 ? asked : delay;
    @Nullable Instant next = again ? clock.instant().plus(wait) : null;
    log.warn("outcome=not-traced cause={} attempt={} again={}", cause, row.attempts() + 1, again);
    store.committed(() -> queue.putOff(row, cause, next));
  }
}
