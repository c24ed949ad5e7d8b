package io.fingerpost.server.audit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import org.slf4j.MDC;

/**
 * Writes an AuditEvent for every decision. Decisions of one request that are alike (same people,
 * same reason, same basis) stand in one event, which names each resource; events that differ in
 * nothing else stand in one row.
 */
public final class DecisionAudit {

  /** The reason of an event that records whom a message was found to be about. */
  public static final String MATCH_PERSON = "MATCH_PERSON";

  private static final String EXECUTED = "E";

  private final EventTable table;
  private final AuditKeys keys;
  private final Clock clock;

  DecisionAudit(EventTable table, AuditKeys keys, Clock clock) {
    this.table = table;
    this.keys = keys;
    this.clock = clock;
  }

  /** Durable when this returns. */
  public void record(Collection<Decided> decisions) {
    if (!decisions.isEmpty()) {
      table.append(entries(decisions));
    }
  }

  /** What is written, which nothing checks on its way. */
  List<Entry> entries(Collection<Decided> decisions) {
    return written(events(decisions));
  }

  /** What was done with an override. */
  public enum Step {
    GRANTED("C"),
    ENDED("U"),
    /** Asked for somebody who is not known here. */
    IN_VAIN("C");

    private final String action;

    Step(String action) {
      this.action = action;
    }
  }

  /**
   * Records what was done with an override, as an event of the kind of its reason. Durable when
   * this returns.
   *
   * @param decided with the reason {@code OVERRIDE_…}
   * @param stated why, in the asker's words, and what else there is to say of it
   */
  public void recordOverride(Decided decided, Step step, Map<String, String> stated) {
    table.append(List.of(entry(decided, step, stated)));
  }

  /**
   * Records what a person decided about whom a message is about. Durable when this returns.
   *
   * @param decided with the reason {@link #MATCH_PERSON}
   * @param stated what was decided and why, in the words of whoever did
   */
  public void recordMatch(Decided decided, Map<String, String> stated) {
    recordAct(decided, EXECUTED, stated);
  }

  /**
   * Records what an operator did, or is about to do, with kept messages. Durable when this returns.
   *
   * @param decided with the act as its reason, {@code MESSAGE_…}
   * @param action in FHIR's letters
   * @param stated why, in the operator's words, and which messages
   */
  public void recordAct(Decided decided, String action, Map<String, String> stated) {
    Map<String, String> details = new TreeMap<>(stated);
    details.put("reason", decided.reason());
    table.append(written(List.of(event(List.of(decided), action, details))));
  }

  Entry entry(Decided decided, Step step, Map<String, String> stated) {
    Map<String, String> details = new TreeMap<>(stated);
    details.put("reason", decided.reason());
    details.put("step", step.name());
    return written(List.of(event(List.of(decided), step.action, details))).get(0);
  }

  private List<Entry> written(Collection<Event> events) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Mac mac = keys.mac();
    return events.stream().map(event -> Entry.of(event, EventIds.next(now), now, mac)).toList();
  }

  private static List<Event> events(Collection<Decided> decisions) {
    return grouped(decisions, DecisionAudit::answer)
        .map(alike -> event(alike, EXECUTED, Map.of("reason", alike.get(0).reason())))
        .toList();
  }

  private static Object answer(Decided decided) {
    return List.of(
        decided.client(),
        decided.organisation(),
        decided.purpose(),
        decided.permitted(),
        decided.reason());
  }

  private static Event event(List<Decided> alike, String action, Map<String, String> details) {
    Decided first = alike.get(0);
    String correlation = MDC.get("correlation");
    return new Event(
        first.client(),
        first.organisation(),
        first.purpose(),
        first.permitted(),
        first.reason(),
        action,
        details,
        correlation == null ? "" : correlation,
        grouped(alike, decided -> List.of(decided.people(), decided.basis()))
            .map(DecisionAudit::part)
            .toList());
  }

  private static Event.Part part(List<Decided> alike) {
    Decided first = alike.get(0);
    return new Event.Part(
        first.people().stream().sorted().toList(),
        first.basis(),
        alike.stream().map(Decided::resource).filter(asked -> !asked.isEmpty()).toList());
  }

  private static Stream<List<Decided>> grouped(
      Collection<Decided> decisions, Function<Decided, Object> by) {
    return decisions.stream()
        .collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream();
  }
}
