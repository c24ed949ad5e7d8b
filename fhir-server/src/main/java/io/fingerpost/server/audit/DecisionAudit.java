package io.fingerpost.server.audit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import org.slf4j.MDC;

/**
 * Writes an AuditEvent for every decision. Decisions of one request that are alike (same people,
 * same reason, same basis) stand in one event, which names each resource.
 */
public final class DecisionAudit {

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

  Entry entry(Decided decided, Step step, Map<String, String> stated) {
    Map<String, String> details = new TreeMap<>(stated);
    details.put("reason", decided.reason());
    details.put("step", step.name());
    return written(List.of(event(decided, step.action, resources(decided), details))).get(0);
  }

  private List<Entry> written(Collection<Event> events) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Mac mac = keys.mac();
    return events.stream().map(event -> Entry.of(event, EventIds.next(now), now, mac)).toList();
  }

  private static List<Event> events(Collection<Decided> decisions) {
    Map<Object, Event> events = new LinkedHashMap<>();
    for (Decided decided : decisions) {
      events
          .computeIfAbsent(
              List.of(decided.client(), decided.people(), decided.reason(), decided.basis()),
              alike ->
                  event(decided, EXECUTED, new ArrayList<>(), Map.of("reason", decided.reason())))
          .resources()
          .addAll(resources(decided));
    }
    return List.copyOf(events.values());
  }

  private static List<String> resources(Decided decided) {
    return decided.resource().isEmpty() ? List.of() : List.of(decided.resource());
  }

  private static Event event(
      Decided decided, String action, List<String> resources, Map<String, String> details) {
    String correlation = MDC.get("correlation");
    return new Event(decided, action, resources, details, correlation == null ? "" : correlation);
  }
}
