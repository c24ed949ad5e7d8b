package io.fingerpost.server.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One AuditEvent as it is read. A row may hold several: nobody who asks about one person is to read
 * of another there.
 *
 * @param id the row's, and after a dot which of its events, from the second on
 * @param people {@code Patient/<id>} of those it is about
 * @param text FHIR JSON, written when it is asked for
 */
record Told(String id, List<String> people, Supplier<String> text) {

  /** Rows from before they were kept short hold one AuditEvent as it is told. */
  private static final String AS_TOLD = "{\"resourceType\"";

  /** A row of the record. */
  record Row(UUID id, Instant recorded, List<String> people, String event) {}

  /** Where in the record an event is. */
  record Place(UUID row, int part) {

    /** What is no id of ours names nothing. */
    static Place of(String id) {
      int dot = id.indexOf('.');
      try {
        return dot < 0
            ? new Place(UUID.fromString(id), 0)
            : new Place(
                UUID.fromString(id.substring(0, dot)), Integer.parseInt(id.substring(dot + 1)));
      } catch (IllegalArgumentException notOne) {
        return new Place(new UUID(0, 0), 0);
      }
    }

    String id() {
      return part == 0 ? row.toString() : row + "." + part;
    }
  }

  static List<Told> of(Row row) {
    if (row.event().startsWith(AS_TOLD)) {
      return List.of(new Told(row.id().toString(), row.people(), row::event));
    }
    Event event = Event.of(row.event());
    return IntStream.range(0, event.parts().size())
        .mapToObj(number -> part(row, event, number))
        .toList();
  }

  private static Told part(Row row, Event event, int number) {
    Event.Part part = event.parts().get(number);
    String id = new Place(row.id(), number).id();
    return new Told(id, part.people(), () -> EventText.of(event, part, id, row.recorded()));
  }

  Place place() {
    return Place.of(id);
  }
}
