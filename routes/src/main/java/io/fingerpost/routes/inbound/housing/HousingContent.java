package io.fingerpost.routes.inbound.housing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.StrictJson;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads a landlord's bytes: by the schema, and by what no schema can say, such as a check digit or
 * a date that has not come. Every fault is found in one go.
 */
final class HousingContent {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  /** Clocks differ. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private static final int NAMED = 3;
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private final HousingSchema schema = new HousingSchema();

  /**
   * @param receivedAt what has not come is judged by when it was received, so that a kept message
   *     reads the same at any time
   */
  List<Fault> faults(byte[] body, Instant receivedAt) {
    try {
      return faults(StrictJson.read(body), receivedAt);
    } catch (MessageRefused unreadable) {
      return List.of(new Fault(unreadable.code(), unreadable.location(), unreadable.remedy()));
    }
  }

  /**
   * @throws MessageRefused with the code of the first fault, and the places of the first three
   */
  HousingReferral read(byte[] body, Instant receivedAt) {
    JsonNode sent = StrictJson.read(body);
    List<Fault> faults = faults(sent, receivedAt);
    if (!faults.isEmpty()) {
      throw refused(faults);
    }
    try {
      return MAPPER.treeToValue(sent, HousingReferral.class);
    } catch (JsonProcessingException impossible) {
      // Its text quotes the message. The schema holds, so this is our own fault.
      throw new IllegalStateException("schema and record differ");
    }
  }

  /** Several faults as the one that the message log has room for. */
  static MessageRefused refused(List<Fault> faults) {
    String places =
        faults.stream().limit(NAMED).map(Fault::pointer).collect(Collectors.joining(", "));
    String more = faults.size() == 1 ? "" : " There are %d faults.".formatted(faults.size());
    return new MessageRefused(faults.get(0).code(), places, faults.get(0).remedy() + more);
  }

  private List<Fault> faults(JsonNode sent, Instant receivedAt) {
    List<Fault> faults = new ArrayList<>(schema.faults(sent));
    Checks checks = new Checks(sent, faults);
    LocalDate today = LocalDate.ofInstant(receivedAt, LONDON);
    checks.moment("/referredAt", receivedAt);
    checks.moment("/consent/decidedAt", receivedAt);
    checks.day("/person/birthDate", today);
    checks.day("/tenancy/startedOn", LocalDate.MAX);
    checks.nhsNumber();
    for (int risk = 0; risk < sent.path("risks").size(); risk++) {
      checks.day("/risks/" + risk + "/since", today);
      checks.order("/risks/" + risk + "/since", "/risks/" + risk + "/until");
    }
    return faults;
  }

  /** What is wrong for the schema already is not looked at again. */
  private static final class Checks {
    private final JsonNode sent;
    private final List<Fault> faults;

    Checks(JsonNode sent, List<Fault> faults) {
      this.sent = sent;
      this.faults = faults;
    }

    void moment(String pointer, Instant receivedAt) {
      checked(
          pointer,
          text -> {
            if (OffsetDateTime.parse(text).toInstant().isAfter(receivedAt.plus(AHEAD))) {
              add(Code.FIELD_INVALID, pointer, "It has not come yet. Check it and send again.");
            }
          });
    }

    void day(String pointer, LocalDate latest) {
      checked(
          pointer,
          text -> {
            if (LocalDate.parse(text).isAfter(latest)) {
              add(Code.FIELD_INVALID, pointer, "It has not come yet. Check it and send again.");
            }
          });
    }

    void order(String first, String second) {
      checked(
          second,
          text -> {
            LocalDate ends = LocalDate.parse(text);
            checked(
                first,
                begins -> {
                  if (ends.isBefore(LocalDate.parse(begins))) {
                    add(Code.FIELD_INVALID, second, "It lies before the day it began.");
                  }
                });
          });
    }

    /** 0000000000 and its like have right check digits, and would make one person of many. */
    void nhsNumber() {
      String pointer = "/person/nhsNumber";
      checked(
          pointer,
          text -> {
            if (NhsNumber.parse(text)
                .filter(number -> number.value().chars().distinct().count() > 1)
                .isEmpty()) {
              add(
                  Code.NHS_NUMBER_INVALID,
                  pointer,
                  "Its check digit is wrong, or it stands for no number. Check it with the person,"
                      + " or leave it out.");
            }
          });
    }

    private void checked(String pointer, Consumer<String> check) {
      JsonNode value = sent.at(pointer);
      if (value.isTextual() && faults.stream().noneMatch(it -> it.pointer().equals(pointer))) {
        try {
          check.accept(value.textValue());
        } catch (DateTimeException none) {
          add(Code.FIELD_INVALID, pointer, "No calendar or clock has it. Check it and send again.");
        }
      }
    }

    private void add(Code code, String pointer, String remedy) {
      faults.add(new Fault(code, pointer, remedy));
    }
  }
}
