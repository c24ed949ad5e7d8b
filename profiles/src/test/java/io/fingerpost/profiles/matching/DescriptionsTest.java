package io.fingerpost.profiles.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DescriptionsTest {

  private static final Path PAGE = Path.of("..", "docs", "matching.md");

  /** One row of the page. */
  record Row(String born, String family, String given, String outcome) {}

  static List<Row> table() throws IOException {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines
          .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
          .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
          .filter(cells -> cells.size() == 5 && cells.get(4).matches("taken up|held: .*"))
          .map(cells -> new Row(cells.get(1), cells.get(2), cells.get(3), cells.get(4)))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void decidesAsThePageSays(Row row) {
    Patient known = described("1948-03-12", "Cox", "Brian");
    Patient sent =
        described(
            switch (row.born()) {
              case "same" -> "1948-03-12";
              case "to the year" -> "1948";
              case "other" -> "1948-12-03";
              default -> null;
            },
            word(row.family(), "Cox", "Brian", "Tilley"),
            word(row.given(), "Brian", "Cox", "Maud"));

    assertThat(outcome(sent, known)).isEqualTo(row.outcome());
    assertThat(outcome(known, sent)).isEqualTo(row.outcome());
  }

  @Test
  void readsTheWholeTable() throws IOException {
    assertThat(table()).hasSize(20);
  }

  private static @Nullable String word(String cell, String same, String turned, String other) {
    return switch (cell) {
      case "same" -> same;
      case "turned round" -> turned;
      case "other" -> other;
      default -> null;
    };
  }

  private static String outcome(Patient sent, Patient known) {
    List<String> differences =
        Descriptions.differences(sent, known).stream().map(Difference::code).toList();
    return differences.isEmpty() ? "taken up" : "held: " + String.join(", ", differences);
  }

  @ParameterizedTest
  @CsvSource({
    "O'Neill, Siobhán, ONeill, Siobhan",
    "Smith-Jones, Anne, Jones, Tricia",
    "MÜLLER, Jürgen, Muller, J",
    "Clark, Sam, Clarke, Samuela",
    "Okonkwo, Chukwuemeka, Okonkwo, Emeka",
    "Philips, Catherine, Phillips, Kathryn",
    "Ellis, Mary Anne, Tilley, Anne"
  })
  void takesTheseForOneName(String family, String given, String otherFamily, String otherGiven) {
    assertThat(
            Descriptions.differences(
                described("1948-03-12", family, given),
                described("1948-03-12", otherFamily, otherGiven)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Cox, Brian, Tilley, Maud",
    "Ó, X, Tilley, Maud",
    "Иванов, Пётр, Сидоров, Олег",
    "王, 芳, 李, 伟"
  })
  void takesTheseForTwo(String family, String given, String otherFamily, String otherGiven) {
    assertThat(
            Descriptions.differences(
                described("1948-03-12", family, given),
                described("1948-03-12", otherFamily, otherGiven)))
        .containsExactly(Difference.NAME);
  }

  @Test
  void knowsAPersonByANameTheyUsedToHave() {
    Patient known = described("1948-03-12", "Cox", "Brenda");
    known.addName(new HumanName().setFamily("Tilley").addGiven("Brenda"));

    assertThat(Descriptions.differences(described("1948-03-12", "Tilley", "B"), known)).isEmpty();
  }

  @Test
  void readsANameThatIsTextOnly() {
    Patient sent = new Patient().setBirthDateElement(new DateType("1948-03-12"));
    sent.addName().setText("Mr Brian Cox");

    assertThat(Descriptions.differences(sent, described("1948-03-12", "Cox", "Brian"))).isEmpty();
    assertThat(Descriptions.differences(sent, described("1948-03-12", "Tilley", "Maud")))
        .containsExactly(Difference.NAME);
  }

  static Patient described(@Nullable String born, @Nullable String family, @Nullable String given) {
    Patient person = new Patient();
    if (born != null) {
      person.setBirthDateElement(new DateType(born));
    }
    if (family != null || given != null) {
      HumanName name = person.addName().setFamily(family);
      if (given != null) {
        name.addGiven(given);
      }
    }
    return person;
  }
}
