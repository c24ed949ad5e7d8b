package io.fingerpost.server.consent.decision;

import io.fingerpost.server.consent.decision.Authority.Capacity;
import io.fingerpost.server.consent.decision.ConsentRecord.Implied;
import io.fingerpost.server.consent.decision.ConsentRecord.Stated;
import io.fingerpost.server.consent.decision.ConsentRecord.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the consents of {@code docs/consent.md}: {@code active 2026-01-10: permit to housing except
 * (deny of CarePlan)}.
 */
final class ConsentNotation {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  private final Deque<String> words = new ArrayDeque<>();

  private ConsentNotation(String rules) {
    words.addAll(
        List.of(
            rules.replace("(", " ( ").replace(")", " ) ").replace(",", "").strip().split(" +")));
  }

  static ConsentRecord read(String reference, String text) {
    String[] parts = text.split(":( |$)", 2);
    String[] head = parts[0].split(" ");
    ConsentNotation rules = new ConsentNotation(parts[1]);
    Implied implied = rules.implied();
    Provision root = rules.rule();
    if (!rules.words.isEmpty()) {
      throw new IllegalArgumentException("left over: " + rules.words);
    }
    Status status = Status.valueOf(head[0].toUpperCase(Locale.ROOT).replace('-', '_'));
    return new ConsentRecord(
        reference, status, stated(head[1]), authority(List.of(head)), implied, root);
  }

  /** {@code by attorney}, {@code by parent until 2026-02-10}, {@code by proxy rejected}. */
  private static @Nullable Authority authority(List<String> head) {
    if (head.size() == 2) {
      return null;
    }
    Capacity capacity = Capacity.valueOf(head.get(3).toUpperCase(Locale.ROOT).replace('-', '_'));
    int from = head.indexOf("from");
    int until = head.indexOf("until");
    Period period =
        new Period(
            from < 0 ? Instant.MIN : startOf(head.get(from + 1)),
            until < 0 ? Instant.MAX : startOfDayAfter(head.get(until + 1)));
    return new Authority(capacity, !head.contains("rejected"), period);
  }

  private static Stated stated(String date) {
    if (date.equals("undated")) {
      return Stated.UNKNOWN;
    }
    return date.contains("T")
        ? Stated.at(Instant.parse(date))
        : new Stated(startOf(date), startOfDayAfter(date).minusNanos(1));
  }

  private @Nullable Implied implied() {
    if (!taken("implied")) {
      return null;
    }
    words.remove("from");
    String sender = words.remove();
    return new Implied(sender.equals("unknown") ? null : sender);
  }

  private @Nullable Provision rule() {
    if (words.isEmpty() || taken("")) {
      return null;
    }
    Provision.Type type = Provision.Type.valueOf(words.remove().toUpperCase(Locale.ROOT));
    Scope scope = Scope.EVERYTHING;
    boolean readable = true;
    while (!words.isEmpty() && !Set.of("except", "and", ")").contains(words.element())) {
      String clause = words.remove();
      if (clause.equals("unreadable")) {
        readable = false;
      } else {
        scope = with(scope, clause, words.remove());
      }
    }
    return new Provision(type, readable, scope, exceptions());
  }

  private List<Provision> exceptions() {
    List<Provision> exceptions = new ArrayList<>();
    if (taken("except")) {
      do {
        words.remove("(");
        exceptions.add(rule());
        words.remove(")");
      } while (taken("and"));
    }
    return exceptions;
  }

  private boolean taken(String word) {
    return word.equals(words.peek()) && words.remove().equals(word);
  }

  private static Scope with(Scope scope, String clause, String value) {
    Set<String> values = Set.of(value.split("\\+"));
    Period period = scope.period();
    Content.Data data = scope.content().data();
    Period dated = scope.content().dated();
    return switch (clause) {
      case "to" -> ScopeOf.recipients(scope, recipients(values));
      case "for" -> ScopeOf.purposes(scope, values);
      case "of" -> ScopeOf.classes(scope, values);
      case "record" -> ScopeOf.data(scope, new Content.Data(values, data.around(), data.authors()));
      case "around" ->
          ScopeOf.data(scope, new Content.Data(data.records(), values, data.authors()));
      case "written-by" ->
          ScopeOf.data(scope, new Content.Data(data.records(), data.around(), values));
      case "dated-from" -> ScopeOf.dated(scope, new Period(startOf(value), dated.end()));
      case "dated-until" -> ScopeOf.dated(scope, new Period(dated.start(), startOfDayAfter(value)));
      case "labelled" -> ScopeOf.labels(scope, values);
      case "from" -> ScopeOf.period(scope, new Period(startOf(value), period.end()));
      case "until" -> ScopeOf.period(scope, new Period(period.start(), startOfDayAfter(value)));
      default -> throw new IllegalArgumentException("not a clause: " + clause);
    };
  }

  private static Recipients recipients(Set<String> names) {
    Set<String> organisations = new HashSet<>(names);
    organisations.removeIf(name -> !name.matches("[A-Z0-9]+"));
    Set<String> kinds = new HashSet<>(names);
    kinds.removeAll(organisations);
    return new Recipients(organisations, kinds);
  }

  static Instant startOf(String date) {
    return LocalDate.parse(date).atStartOfDay(LONDON).toInstant();
  }

  static Instant startOfDayAfter(String date) {
    return LocalDate.parse(date).plusDays(1).atStartOfDay(LONDON).toInstant();
  }
}
