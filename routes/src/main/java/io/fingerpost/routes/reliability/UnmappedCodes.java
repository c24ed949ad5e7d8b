package io.fingerpost.routes.reliability;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The codes senders sent that no map has, for operators to have them mapped. Each counts once for
 * each message that is settled, however often the message was translated.
 *
 * <p>Counting costs a message nothing: it happens in memory, and the table is written now and then
 * in a transaction of its own. What a stopped process had not yet written comes again with the next
 * message that bears the code.
 */
@Component
public class UnmappedCodes {

  /** What stands in the table beside its count. */
  record Seen(String map, String system, String code, String sender) {}

  /**
   * Short, without blanks, and with no long run of digits: else it may be a person's words or
   * number that stood in the wrong field. Such a one is counted in the metric and named nowhere.
   */
  private static final Pattern CODE =
      Pattern.compile("(?!.*[0-9]{6})[A-Za-z0-9][A-Za-z0-9._/-]{0,15}");

  /** So many at a time: a sender of ever new codes must not fill the memory. */
  private static final int MOST_WAITING = 1_000;

  private static final Logger log = LoggerFactory.getLogger(UnmappedCodes.class);

  /**
   * A code that no map has.
   *
   * @param code empty where it may be a person's words rather than a code
   */
  public record Noticed(String map, String system, String code) {

    Noticed withoutWords() {
      return CODE.matcher(code).matches() ? this : new Noticed(map, system, "");
    }
  }

  private final UnmappedCodeTable table;
  private final MeterRegistry meters;
  private final Clock clock;
  private final ThreadLocal<List<Noticed>> ofMessage = new ThreadLocal<>();
  private final Map<Seen, Long> waiting = new HashMap<>();

  UnmappedCodes(UnmappedCodeTable table, MeterRegistry meters, Clock clock) {
    this.table = table;
    this.meters = meters;
    this.clock = clock;
  }

  /** Hears from the translator, which reads one message on one thread from beginning to end. */
  public void notice(String map, String system, String code) {
    List<Noticed> noticed = ofMessage.get();
    if (noticed != null) {
      noticed.add(new Noticed(map, system, code));
    }
  }

  /**
   * Does a message's work, and counts what was noticed in it if the work settled the message. One
   * that failed is worked on again, and counts then.
   */
  public <T> T during(String sender, Supplier<T> work, Predicate<T> settled) {
    List<Noticed> noticed = new ArrayList<>();
    ofMessage.set(noticed);
    try {
      T result = work.get();
      if (settled.test(result)) {
        noticed.stream().distinct().forEach(code -> count(sender, code));
      }
      return result;
    } finally {
      ofMessage.remove();
    }
  }

  /** Does the work of a message that only pretends to come: what is noticed counts for nothing. */
  public List<Noticed> noticedIn(Runnable work) {
    List<Noticed> noticed = new ArrayList<>();
    ofMessage.set(noticed);
    try {
      work.run();
    } finally {
      ofMessage.remove();
    }
    return noticed.stream().map(Noticed::withoutWords).distinct().toList();
  }

  private void count(String sender, Noticed code) {
    meters.counter("fingerpost.codes.unmapped", "map", code.map()).increment();
    if (!CODE.matcher(code.code()).matches()) {
      return;
    }
    Seen seen = new Seen(code.map(), code.system(), code.code(), sender);
    synchronized (waiting) {
      if (waiting.size() < MOST_WAITING || waiting.containsKey(seen)) {
        waiting.merge(seen, 1L, Long::sum);
      }
    }
  }

  /** Writes what was counted; what cannot be written now waits for the next time. */
  @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
  void write() {
    Map<Seen, Long> counted = taken();
    if (counted.isEmpty()) {
      return;
    }
    try {
      table.add(counted, clock.instant());
    } catch (RuntimeException unwritten) {
      // Its text may quote the row.
      log.warn("outcome=uncounted cause={}", unwritten.getClass().getSimpleName());
      synchronized (waiting) {
        counted.forEach((seen, count) -> waiting.merge(seen, count, Long::sum));
      }
    }
  }

  private Map<Seen, Long> taken() {
    synchronized (waiting) {
      Map<Seen, Long> counted = Map.copyOf(waiting);
      waiting.clear();
      return counted;
    }
  }
}
