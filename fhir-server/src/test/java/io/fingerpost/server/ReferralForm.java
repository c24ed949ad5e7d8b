package io.fingerpost.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** A referral form that a person of the tests has filled in for themselves. */
final class ReferralForm {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root = JSON.createObjectNode();
  private final String id = "f-" + UUID.randomUUID();

  ReferralForm(Person person) {
    root.put("resourceType", "QuestionnaireResponse");
    root.putObject("identifier").put("system", "https://ask.wexcombe.test/forms").put("value", id);
    root.put("questionnaire", "https://fingerpost.io/Questionnaire/referral-form");
    root.put("status", "completed").put("authored", "2026-03-03T09:58:00+00:00");
    choose(group("asking"), "who", "http://snomed.info/sct", "1991000124105");
    ArrayNode who = group("person");
    say(who, "family", "valueString", person.family());
    say(who, "given", "valueString", person.given());
    say(who, "birth-date", "valueDate", person.birthDate());
    choose(group("help"), "needs", "https://fingerpost.io/CodeSystem/need", "loneliness");
    item(group("agreement"), "agreed").put("valueBoolean", true);
  }

  ReferralForm withNhsNumber(Person person) {
    say(group("person"), "nhs-number", "valueString", person.nhsNumber());
    return this;
  }

  /** Somebody else asks. */
  ReferralForm askedFor(String system, String code, String name) {
    group("asking").removeAll();
    choose(group("asking"), "who", system, code);
    say(group("asking"), "referrer-name", "valueString", name);
    return this;
  }

  ObjectNode root() {
    return root;
  }

  /** The message's id, as it stands on what is stored. */
  String messageId(String sender) {
    return sender + "/https://ask.wexcombe.test/forms|" + id;
  }

  String text() {
    return root.toString();
  }

  private ArrayNode group(String linkId) {
    for (JsonNode item : root.withArray("item")) {
      if (item.path("linkId").asText().equals(linkId)) {
        return (ArrayNode) item.path("item");
      }
    }
    return root.withArray("item").addObject().put("linkId", linkId).putArray("item");
  }

  private static void say(ArrayNode group, String linkId, String type, String value) {
    item(group, linkId).put(type, value);
  }

  private static void choose(ArrayNode group, String linkId, String system, String code) {
    item(group, linkId).putObject("valueCoding").put("system", system).put("code", code);
  }

  private static ObjectNode item(ArrayNode group, String linkId) {
    return group.addObject().put("linkId", linkId).putArray("answer").addObject();
  }
}
