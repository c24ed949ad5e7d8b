package io.fingerpost.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every definition is found where its canonical says, and says what each of its codes means. */
class VocabularyTest {

  private static final Path RESOURCES = Path.of("src/main/resources");

  static Stream<Path> codeSystems() throws IOException {
    return files("codesystems");
  }

  static Stream<Path> definitions() throws IOException {
    return Stream.of(files("codesystems"), files("valuesets"), files("conceptmaps"))
        .flatMap(found -> found);
  }

  private static Stream<Path> files(String folder) throws IOException {
    try (Stream<Path> found = Files.list(RESOURCES.resolve(folder))) {
      return found.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("codeSystems")
  void explainsEachCodeOnce(Path file) throws IOException {
    CodeSystem system = (CodeSystem) read(file);
    List<ConceptDefinitionComponent> concepts = all(system.getConcept());
    assertThat(concepts).isNotEmpty();
    assertThat(concepts).extracting(ConceptDefinitionComponent::getCode).doesNotHaveDuplicates();
    assertThat(concepts)
        .allSatisfy(
            concept -> {
              assertThat(concept.getDisplay()).as(concept.getCode()).isNotBlank();
              assertThat(concept.getDefinition()).as(concept.getCode()).isNotBlank();
            });
    if (system.hasCount()) {
      assertThat(concepts).hasSize(system.getCount());
    }
  }

  @ParameterizedTest
  @MethodSource("codeSystems")
  void hasTheValueSetItNames(Path file) throws IOException {
    CodeSystem system = (CodeSystem) read(file);
    if (system.hasValueSet()) {
      String id = system.getValueSet().substring("https://fingerpost.io/ValueSet/".length());
      ValueSet all = (ValueSet) read(RESOURCES.resolve("valuesets/ValueSet-" + id + ".json"));
      assertThat(all.getCompose().getInclude())
          .as("the whole of it")
          .anyMatch(
              include -> include.getSystem().equals(system.getUrl()) && !include.hasConcept());
    }
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void isFoundByItsCanonical(Path file) throws IOException {
    MetadataResource definition = read(file);
    String kind = definition.fhirType();
    String id = definition.getIdElement().getIdPart();
    assertThat(definition.getUrl()).isEqualTo("https://fingerpost.io/" + kind + "/" + id);
    assertThat(file.getFileName()).hasToString(kind + "-" + id + ".json");
    assertThat(definition.getTitle()).isNotBlank();
    assertThat(definition.getDescription()).isNotBlank();
  }

  private static MetadataResource read(Path file) throws IOException {
    return (MetadataResource)
        FhirContext.forR4Cached().newJsonParser().parseResource(Files.readString(file));
  }

  private static List<ConceptDefinitionComponent> all(List<ConceptDefinitionComponent> concepts) {
    List<ConceptDefinitionComponent> all = new ArrayList<>();
    for (ConceptDefinitionComponent concept : concepts) {
      all.add(concept);
      all.addAll(all(concept.getConcept()));
    }
    return all;
  }
}
