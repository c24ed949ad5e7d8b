package io.fingerpost.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.utilities.validation.ValidationMessage.IssueSeverity;
import org.hl7.fhir.validation.ValidationEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HL7's own validator, knowing FHIR R4 and our package alone, says of every example what its name
 * says; what it warns of is explained in {@code docs/spec-notes.md}.
 */
class Hl7ValidatorTest {
  private static final Path NOTES = Path.of("../docs/spec-notes.md");
  private static final String EXPLAINED = "## What HL7's validator warns of in the examples";

  private static ValidationEngine engine;

  @BeforeAll
  static void load() throws Exception {
    engine = Hl7Engine.withOurPackage();
  }

  static Stream<Named<Path>> valid() {
    return ExamplesTest.valid();
  }

  static Stream<Named<Path>> invalid() {
    return ExamplesTest.invalid();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void findsNoErrorIn(Path example) throws IOException {
    assertThat(Hl7Engine.errors(messages(example))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void findsTheSameFaultAsOursIn(Path example) throws IOException {
    JsonNode expected = new ObjectMapper().readTree(Files.readAllBytes(example)).at("/meta/tag/0");
    List<Fault> faults = new FaultTranslator(engine.getContext()).toFaults(messages(example));

    assertThat(faults).extracting(Fault::code).contains(expected.path("code").asText());
  }

  @Test
  void warnsOfNothingThatIsNotExplained() throws IOException {
    Map<String, Set<String>> kinds = new TreeMap<>();
    for (Named<Path> example : valid().toList()) {
      for (ValidationMessage message : messages(example.getPayload())) {
        if (message.getLevel() == IssueSeverity.WARNING) {
          kinds
              .computeIfAbsent(kind(message), unknown -> new TreeSet<>())
              .add(example.getName() + ": " + message.getMessage());
        }
      }
    }
    Files.writeString(
        Path.of("target/hl7-warnings.txt"),
        kinds.entrySet().stream()
            .map(
                kind ->
                    kind.getKey()
                        + " "
                        + kind.getValue().size()
                        + "\n  "
                        + String.join("\n  ", kind.getValue()))
            .collect(Collectors.joining("\n", "", "\n")));

    assertThat(explained()).containsAll(kinds.keySet());
  }

  private static List<ValidationMessage> messages(Path example) throws IOException {
    String name = example.getFileName().toString().split("-", 2)[0];
    String[] profile =
        Stream.of(Profile.values())
            .filter(each -> each.exampleName().equals(name))
            .map(Profile::url)
            .toArray(String[]::new);
    return Hl7Engine.messages(engine, Files.readAllBytes(example), profile);
  }

  /** The rule where one is broken, else HL7's own name of the message. */
  private static String kind(ValidationMessage message) {
    String rule = message.getInvId();
    return rule == null
        ? String.valueOf(message.getMessageId())
        : rule.substring(rule.lastIndexOf('#') + 1);
  }

  /** The first column of the table below its heading. */
  private static Set<String> explained() throws IOException {
    String notes = Files.readString(NOTES);
    int begin = notes.indexOf(EXPLAINED) + EXPLAINED.length();
    int end = notes.indexOf("\n## ", begin);
    return notes
        .substring(begin, end < 0 ? notes.length() : end)
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("`")[1])
        .collect(Collectors.toSet());
  }
}
