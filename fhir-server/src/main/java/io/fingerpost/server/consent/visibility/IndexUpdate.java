package io.fingerpost.server.consent.visibility;

import io.fingerpost.server.consent.decision.ConsentRecord;
import io.fingerpost.server.consent.enforcement.ConsentsOnRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/** Brings the index up to what a transaction is about to commit, in that transaction. */
final class IndexUpdate {

  private final Visibility visibility;
  private final AudienceIndex index;
  private final PersonRecords records;
  private final ConsentsOnRecord consents;
  private final Turns turns;
  private final DueDates due;
  private final Clock clock;

  IndexUpdate(
      Visibility visibility,
      AudienceIndex index,
      PersonRecords records,
      ConsentsOnRecord consents,
      Times times) {
    this.visibility = visibility;
    this.index = index;
    this.records = records;
    this.consents = consents;
    this.turns = times.turns();
    this.due = times.due();
    this.clock = times.clock();
  }

  /** What has to do with order and time. */
  record Times(Turns turns, DueDates due, Clock clock) {}

  /** After a transaction has written all it writes. */
  void of(Written written) {
    Set<String> people = written.people();
    Set<String> consenting = written.consenting();
    Set<String> knownBefore = new HashSet<>(people);
    knownBefore.removeAll(written.newPeople());
    if (!knownBefore.isEmpty()) {
      // Rows first, turns afterwards, or two transactions could hold what the other waits for.
      index.flush();
      turns.take(knownBefore, consenting);
    }
    Map<String, List<ConsentRecord>> given = new HashMap<>();
    for (String person : people) {
      given.put(
          person,
          knownBefore.contains(person)
              ? consents.uncached(person)
              : written.consentsOf(person).stream().map(consents::read).toList());
    }
    List<Resource> others = new ArrayList<>();
    for (String person : consenting) {
      if (knownBefore.contains(person)) {
        consents.change(person);
        others.addAll(records.about(person));
        due.forget(person);
      }
      due.keep(person, given.getOrDefault(person, List.of()), clock.instant());
    }
    replace(written.withThoseBefore(others), written.created(), given);
  }

  /** All records of a person, as time or the list of audiences has changed. */
  void of(String person) {
    turns.take(Set.of(), Set.of(person));
    Map<String, List<ConsentRecord>> given = new HashMap<>();
    given.put(person, consents.uncached(person));
    due.forget(person);
    due.keep(person, given.getOrDefault(person, List.of()), clock.instant());
    replace(records.about(person), Set.of(), given);
  }

  private void replace(
      Collection<Resource> all, Set<Resource> created, Map<String, List<ConsentRecord>> given) {
    for (Resource record : all) {
      Visibility.peopleIn(record).forEach(one -> given.computeIfAbsent(one, consents::uncached));
    }
    index.clear(all.stream().filter(record -> !created.contains(record)).toList());
    index.add(visibility.of(all, given));
  }
}
