package io.fingerpost.routes.inbound.socialcare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One row: what it says, under our names, whatever the order and headers of its file's columns. It
 * is kept as JSON, its names in one order and without what is empty, so that the same row is the
 * same bytes in every file.
 *
 * <pre>{"birth_date":"1948-03-12","consent":"yes","family_name":"Cox","reference":"WX-1"}</pre>
 */
final class CouncilRow {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> NAMES = new TypeReference<>() {};

  private final Map<Field, String> cells;

  CouncilRow(Map<Field, String> cells) {
    this.cells = new EnumMap<>(Field.class);
    cells.forEach(
        (field, cell) -> {
          if (!cell.isBlank()) {
            this.cells.put(field, cell.strip());
          }
        });
  }

  /**
   * @throws MessageRefused when the bytes are no row of ours
   */
  static CouncilRow of(byte[] body) {
    Map<Field, String> cells = new EnumMap<>(Field.class);
    try {
      JSON.readValue(body, NAMES)
          .forEach((name, cell) -> Field.named(name).ifPresent(field -> cells.put(field, cell)));
    } catch (IOException e) {
      throw new MessageRefused(Code.MESSAGE_MALFORMED, "row", "Send the row again in a file.");
    }
    return new CouncilRow(cells);
  }

  byte[] toBytes() {
    Map<String, String> inOrder = new TreeMap<>();
    cells.forEach((field, cell) -> inOrder.put(field.header(), cell));
    try {
      return JSON.writeValueAsBytes(inOrder);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e.getClass().getSimpleName());
    }
  }

  /**
   * The council's reference, for its eyes and ours; empty where there is none, and where somebody
   * put the person's NHS number there: a reference stands in files, answers and ids of messages.
   */
  String reference() {
    return text(Field.REFERENCE).filter(sent -> !isNumberOfPerson(sent)).orElse("");
  }

  private boolean isNumberOfPerson(String reference) {
    return text(Field.NHS_NUMBER)
        .filter(number -> digits(number).equals(digits(reference)))
        .isPresent();
  }

  private static String digits(String number) {
    return number.replaceAll("[ -]", "");
  }

  boolean isEmpty() {
    return cells.isEmpty();
  }

  boolean has(Field field) {
    return cells.containsKey(field);
  }

  Optional<String> text(Field field) {
    return Optional.ofNullable(cells.get(field));
  }

  String required(Field field, String remedy) {
    return text(field).orElseThrow(() -> MessageRefused.missing(field.header(), remedy));
  }

  /** Several in one cell stand apart by semicolons: {@code loneliness; money}. */
  List<String> each(Field field) {
    return text(field).stream()
        .flatMap(cell -> Stream.of(cell.split(";")))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .distinct()
        .toList();
  }

  /** Yes or no, and nothing that might mean either; empty where nothing is said. */
  Optional<Boolean> yesOrNo(Field field) {
    return text(field)
        .map(
            said ->
                switch (Field.key(said)) {
                  case "yes", "y", "true", "1" -> true;
                  case "no", "n", "false", "0" -> false;
                  default ->
                      throw MessageRefused.invalid(
                          field.header(), "Write yes or no, or leave it empty.");
                });
  }

  /** Never what it says: it must not reach a log by way of string building. */
  @Override
  public String toString() {
    return "CouncilRow[" + cells.size() + " cells]";
  }
}
