package io.fingerpost.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keeps {@code docs/codes.md} equal to the ConceptMaps, and every row of them either with a target
 * or with the reason why there is none. {@code -Dcodes.write=true} writes the page afresh.
 */
class CodesReportTest {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Path PAGE = Path.of("../docs/codes.md");

  private static final String HEAD =
      """
      # What becomes of a code

      For whoever sends codes or reads them: every row of every ConceptMap, generated from the maps themselves
      (`mvn -pl terminology test -Dtest=CodesReportTest -Dcodes.write=true`); a test fails when this page is out of date.

      A code has one meaning, or none and a reason. *Deliberately unmapped* codes are kept as they came. A code that is in no
      row is kept as it came, too, counted, and listed for operators to be mapped (see [operating.md](operating.md)).
      """;

  @Test
  void isUpToDate() throws IOException {
    String report = report();
    if (Boolean.getBoolean("codes.write")) {
      Files.writeString(PAGE, report);
    }
    assertThat(PAGE)
        .as("write it afresh with -Dcodes.write=true, and read what changed")
        .hasContent(report);
  }

  @Test
  void namesEveryMap() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve("conceptmaps"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(CodeMap.values()).map(map -> "ConceptMap-" + map.id() + ".json").toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesEveryRowATargetOrAReason(CodeMap map) throws IOException {
    for (ConceptMapGroupComponent group : read(map).getGroup()) {
      for (SourceElementComponent element : group.getElement()) {
        TargetElementComponent target = element.getTargetFirstRep();
        boolean unmatched = target.getEquivalence() == ConceptMapEquivalence.UNMATCHED;
        assertThat(element.getDisplay()).as(element.getCode()).isNotBlank();
        assertThat(unmatched ? target.getComment() : target.getCode())
            .as(map.id() + " " + element.getCode())
            .isNotBlank();
      }
    }
  }

  /** Of our own code systems none of the codes is forgotten, and none is made up. */
  @ParameterizedTest
  @EnumSource
  void mapsWholeCodeSystems(CodeMap map) throws IOException {
    Map<String, Set<String>> ours = ourCodes();
    for (ConceptMapGroupComponent group : read(map).getGroup()) {
      Set<String> sources =
          group.getElement().stream()
              .map(SourceElementComponent::getCode)
              .collect(Collectors.toSet());
      if (ours.containsKey(group.getSource())) {
        assertThat(sources).isEqualTo(ours.get(group.getSource()));
      }
      if (ours.containsKey(group.getTarget())) {
        assertThat(ours.get(group.getTarget()))
            .containsAll(
                group.getElement().stream()
                    .map(element -> element.getTargetFirstRep().getCode())
                    .filter(code -> code != null)
                    .collect(Collectors.toSet()));
      }
    }
  }

  private static Map<String, Set<String>> ourCodes() throws IOException {
    Map<String, Set<String>> codes = new HashMap<>();
    try (Stream<Path> files = Files.list(RESOURCES.resolve("codesystems"))) {
      for (Path file : files.toList()) {
        CodeSystem system = (CodeSystem) parse(file);
        codes.put(
            system.getUrl(),
            system.getConcept().stream()
                .map(CodeSystem.ConceptDefinitionComponent::getCode)
                .collect(Collectors.toCollection(HashSet::new)));
      }
    }
    return codes;
  }

  private static String report() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    for (CodeMap map : CodeMap.values()) {
      ConceptMap conceptMap = read(map);
      page.append("\n## ").append(conceptMap.getTitle()).append("\n\n");
      page.append('`').append(conceptMap.getUrl()).append("`. ");
      page.append(conceptMap.getDescription()).append('\n');
      conceptMap.getGroup().forEach(group -> page.append(table(group)));
    }
    return page.toString();
  }

  private static String table(ConceptMapGroupComponent group) {
    StringBuilder table = new StringBuilder("\nFrom `");
    table.append(group.getSource()).append("` to `").append(group.getTarget()).append("`:\n\n");
    table.append("| code | says | becomes | remark |\n|---|---|---|---|\n");
    for (SourceElementComponent element : group.getElement()) {
      TargetElementComponent target = element.getTargetFirstRep();
      List<String> cells =
          target.getEquivalence() == ConceptMapEquivalence.UNMATCHED
              ? List.of("*deliberately unmapped*", target.getComment())
              : List.of(
                  "`" + target.getCode() + "`",
                  target.getEquivalence().toCode()
                      + (target.hasComment() ? ". " + target.getComment() : ""));
      table.append("| `").append(element.getCode()).append("` | ").append(element.getDisplay());
      cells.forEach(cell -> table.append(" | ").append(cell));
      table.append(" |\n");
    }
    return table.toString();
  }

  private static ConceptMap read(CodeMap map) throws IOException {
    return (ConceptMap) parse(RESOURCES.resolve("conceptmaps/ConceptMap-" + map.id() + ".json"));
  }

  private static Resource parse(Path file) throws IOException {
    return (Resource)
        FhirContext.forR4Cached().newJsonParser().parseResource(Files.readString(file));
  }
}
