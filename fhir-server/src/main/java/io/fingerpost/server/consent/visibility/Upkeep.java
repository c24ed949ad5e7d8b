package io.fingerpost.server.consent.visibility;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import io.fingerpost.server.consent.visibility.PersonRecords.Someone;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionOperations;

/** Brings the index up to what time and the registry have changed. */
final class Upkeep {

  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final String CAUGHT_UP = Upkeep.class.getName();
  private static final int AT_ONCE = 200;

  private final IndexUpdate update;
  private final Audiences audiences;
  private final PersonRecords records;
  private final DueDates due;
  private final TransactionOperations transactions;
  private final Clock clock;

  Upkeep(
      IndexUpdate update,
      Audiences audiences,
      PersonRecords records,
      IndexUpdate.Times times,
      TransactionOperations transactions) {
    this.update = update;
    this.audiences = audiences;
    this.records = records;
    this.due = times.due();
    this.clock = times.clock();
    this.transactions = transactions;
  }

  /** Before a request relies on the index: consents that have begun or ended since count. */
  void catchUp(RequestDetails request) {
    if (request.getUserData().putIfAbsent(CAUGHT_UP, Boolean.TRUE) == null
        && due.mayBeDue(clock.instant())) {
      catchUp();
    }
  }

  private void catchUp() {
    List<String> people = transactions.execute(transaction -> due.until(clock.instant()));
    for (String person : Objects.requireNonNull(people)) {
      transactions.executeWithoutResult(transaction -> update.of(person));
    }
  }

  @Scheduled(initialDelayString = "PT1S", fixedDelayString = "PT20S")
  void upkeep() {
    audiences.register();
    catchUp();
    List<Audience> waiting = audiences.toBeIndexed();
    if (!waiting.isEmpty()) {
      log.info("outcome=indexing audiences={}", waiting.size());
      goThroughEverybody();
      audiences.areIndexed(waiting);
      log.info("outcome=indexed audiences={}", waiting.size());
    }
  }

  private void goThroughEverybody() {
    long last = 0;
    List<Someone> people;
    do {
      long after = last;
      people =
          Objects.requireNonNull(
              transactions.execute(transaction -> records.peopleAfter(after, AT_ONCE)));
      for (Someone person : people) {
        transactions.executeWithoutResult(transaction -> update.of(person.reference()));
        last = person.id();
      }
    } while (!people.isEmpty());
  }
}
