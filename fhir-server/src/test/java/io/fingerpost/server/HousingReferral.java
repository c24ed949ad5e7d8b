package io.fingerpost.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** A referral as a landlord sends it, of a person of the tests. */
final class HousingReferral {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root = JSON.createObjectNode();

  /** With an NHS number, and agreed to. */
  HousingReferral(Person person) {
    root.put("reference", "WH-" + UUID.randomUUID()).put("referredAt", "2026-03-02T09:30:00Z");
    ObjectNode who = root.putObject("person");
    who.put("id", "P-" + person.nhsNumber()).put("nhsNumber", person.nhsNumber());
    who.putObject("name").put("family", person.family()).putArray("given").add(person.given());
    who.put("birthDate", person.birthDate());
    who.putObject("address").putArray("lines").add(person.street());
    root.putArray("reasons").addObject().put("need", "money").put("text", "Behind with the rent");
    root.putObject("consent")
        .put("decision", "agreed")
        .put("decidedAt", "2026-03-02T09:25:00Z")
        .put("decidedBy", "person")
        .put("what", "That the landlord tells the scheme");
  }

  ObjectNode root() {
    return root;
  }

  ObjectNode person() {
    return (ObjectNode) root.path("person");
  }

  HousingReferral without(String member) {
    root.remove(member);
    return this;
  }

  String text() {
    return root.toString();
  }
}
