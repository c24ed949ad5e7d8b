package io.fingerpost.profiles;

import static io.fingerpost.profiles.ProfileValidatorTest.CONTEXT;
import static io.fingerpost.profiles.ProfileValidatorTest.VALIDATOR;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.parser.LenientErrorHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples keep the profiles honest: what must pass passes, and what must not fails for the
 * reason its tag names.
 */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("src/main/resources/examples");

  static Stream<Named<Path>> valid() {
    return files("valid");
  }

  static Stream<Named<Path>> invalid() {
    return files("invalid");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void findsNothingWrongWith(Path example) throws IOException {
    assertThat(VALIDATOR.faults(read(example))).isEmpty();
    assertThat(VALIDATOR.faultsInJson(Files.readString(example))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void findsTheOneFaultOf(Path example) throws IOException {
    Coding expected = read(example).getMeta().getTagFirstRep();
    assertThat(VALIDATOR.faultsInJson(Files.readString(example)))
        .extracting(fault -> fault.code() + " " + fault.location())
        .containsExactly(expected.getCode() + " " + expected.getDisplay());
  }

  @ParameterizedTest
  @EnumSource
  void hasExamplesAndCounterExamplesOf(Profile profile) {
    for (String folder : List.of("valid", "invalid")) {
      assertThat(files(folder))
          .filteredOn(file -> file.getName().startsWith(profile.exampleName() + "-"))
          .as("%s examples of %s", folder, profile)
          .hasSizeGreaterThanOrEqualTo(3);
    }
  }

  private static Resource read(Path example) throws IOException {
    // Lenient, for some are invalid by a value that a strict parser would stop at.
    LenientErrorHandler lenient = new LenientErrorHandler(false).setErrorOnInvalidValue(false);
    return (Resource)
        CONTEXT
            .newJsonParser()
            .setParserErrorHandler(lenient)
            .parseResource(Files.readString(example));
  }

  private static Stream<Named<Path>> files(String folder) {
    try (Stream<Path> files = Files.list(EXAMPLES.resolve(folder))) {
      return files
          .sorted()
          .map(file -> Named.of(file.getFileName().toString().replace(".json", ""), file))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
