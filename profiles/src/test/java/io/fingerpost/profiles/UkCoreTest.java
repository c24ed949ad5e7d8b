package io.fingerpost.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.utilities.json.parser.JsonParser;
import org.hl7.fhir.validation.ValidationEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is valid here is valid UK Core too. Skipped where UK Core's definitions do not lie beside
 * the samples.
 */
class UkCoreTest {
  private static final Path UK_CORE = SamplesTest.SAMPLES.resolveSibling("ukcore");
  private static final String PROFILES = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-";

  private static ValidationEngine engine;

  @BeforeAll
  static void load() throws Exception {
    assumeTrue(Files.isDirectory(UK_CORE), "no UK Core at hand");
    engine =
        Hl7Engine.withOurPackageAnd(
            List.of(
                UK_CORE.resolve("structuredefinitions"),
                UK_CORE.resolve("valuesets"),
                UK_CORE.resolve("codesystems")));
  }

  static Stream<Named<Path>> valid() {
    return ExamplesTest.valid();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void hasNothingAgainst(Path example) throws IOException {
    byte[] json = Files.readAllBytes(example);
    String profile = PROFILES + JsonParser.parseObject(json).asString("resourceType");
    assumeTrue(
        engine.getContext().fetchResource(StructureDefinition.class, profile) != null,
        "UK Core has no profile of the type");

    assertThat(Hl7Engine.errors(Hl7Engine.messages(engine, json, profile))).isEmpty();
  }
}
