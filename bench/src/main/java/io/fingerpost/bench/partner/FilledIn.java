package io.fingerpost.bench.partner;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** A person, an id and a moment, as templates ask for them. */
final class FilledIn {

  private FilledIn() {}

  static Map<String, String> of(Person person, String id, Instant at) {
    return Map.of(
        "id", id,
        "at", moment(at),
        "nhsNumber", person.nhsNumber(),
        "given", person.given(),
        "family", person.family(),
        "gender", person.woman() ? "female" : "male",
        "born", person.born().toString(),
        "house", Integer.toString(person.house()),
        "phone", person.phone());
  }

  static String moment(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
