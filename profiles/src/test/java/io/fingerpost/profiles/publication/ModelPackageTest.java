package io.fingerpost.profiles.publication;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ImplementationGuide;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.utilities.npm.NpmPackage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModelPackageTest {
  static final FhirContext CONTEXT = FhirContext.forR4Cached();
  static final Path PROFILES = Path.of("src/main/resources");
  static final Path TERMINOLOGY = Path.of("../terminology/src/main/resources");

  private static byte[] bytes;
  private static NpmPackage opened;

  @BeforeAll
  static void build() throws IOException {
    bytes = published();
    opened = NpmPackage.fromPackage(new ByteArrayInputStream(bytes));
  }

  @Test
  void comesOutTheSameFromTheSameSources() throws IOException {
    assertThat(published()).isEqualTo(bytes);
  }

  @Test
  void saysWhatItIs() {
    assertThat(opened.name()).isEqualTo("io.fingerpost.model");
    assertThat(opened.version()).matches("[0-9]+\\.[0-9]+\\.[0-9]+");
    assertThat(opened.fhirVersion()).isEqualTo("4.0.1");
    assertThat(opened.dependencies()).containsExactly("hl7.fhir.r4.core#4.0.1");
    assertThat(opened.canonical()).isEqualTo("https://fingerpost.io");
  }

  @Test
  void holdsEveryFileOfTheModel() throws IOException {
    List<String> packed = new ArrayList<>();
    for (String folder : List.of("package", "example", "tests", "other")) {
      packed.addAll(opened.list(folder));
    }

    assertThat(packed).containsAll(names(PROFILES)).containsAll(names(TERMINOLOGY));
  }

  @Test
  void findsEachProfileByItsCanonicalWithItsSnapshot() throws IOException {
    List<String> profiles = opened.listResources("StructureDefinition");

    assertThat(profiles).isNotEmpty();
    for (String file : profiles) {
      StructureDefinition profile =
          CONTEXT
              .newJsonParser()
              .parseResource(StructureDefinition.class, text(opened.loadResource(file)));
      assertThat(profile.getSnapshot().getElement())
          .as(file)
          .hasSizeGreaterThan(profile.getDifferential().getElement().size());
      assertThat(opened.hasCanonical(profile.getUrl())).as(file).isTrue();
    }
  }

  @Test
  void listsEveryExampleUnderAnIdOfItsOwn() throws IOException {
    ImplementationGuide guide =
        CONTEXT
            .newJsonParser()
            .parseResource(
                ImplementationGuide.class,
                text(opened.load("package", "ImplementationGuide-io.fingerpost.model.json")));

    assertThat(guide.getDefinition().getResource())
        .extracting(listed -> listed.getReference().getReference())
        .doesNotHaveDuplicates()
        .allMatch(reference -> reference.matches("[A-Za-z]+/[A-Za-z0-9.-]{1,64}"))
        .hasSizeGreaterThanOrEqualTo(opened.list("example").size());
  }

  private static byte[] published() throws IOException {
    return new ModelPackage(CONTEXT, Model.read(CONTEXT, PROFILES, TERMINOLOGY)).toBytes();
  }

  private static List<String> names(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> file.getFileName().toString())
          .toList();
    }
  }

  private static String text(InputStream stream) throws IOException {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
