package io.fingerpost.profiles;

import static io.fingerpost.profiles.ProfileValidatorTest.CONTEXT;
import static io.fingerpost.profiles.ProfileValidatorTest.VALIDATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Other people's resources, good and bad, never make the validator itself fail. Skipped where the
 * samples are absent.
 */
class SamplesTest {
  static final Path SAMPLES =
      Path.of(System.getProperty("samples", "../../shared/samples")).toAbsolutePath().normalize();

  @Test
  void neverThrowsOverTheExamplesOfOthers() throws IOException {
    assumeTrue(Files.isDirectory(SAMPLES), "no samples at hand");
    int checked = 0;
    for (String folder : List.of("ukcore-examples", "bars-ig-examples", "nhs-closed-loop-dpp")) {
      for (Path file : files(SAMPLES.resolve(folder))) {
        IBaseResource resource = parse(file);
        if (resource != null) {
          assertThatCode(() -> VALIDATOR.faults(resource))
              .as("%s", file)
              .doesNotThrowAnyException();
          checked++;
        }
      }
    }
    assertThat(checked).isPositive();
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.(xml|json)")).sorted().toList();
    }
  }

  /** Null where HAPI's parser refuses the file: the validator is not reached then. */
  private static @Nullable IBaseResource parse(Path file) throws IOException {
    IParser parser =
        file.toString().endsWith("xml") ? CONTEXT.newXmlParser() : CONTEXT.newJsonParser();
    try {
      return parser.parseResource(Files.readString(file));
    } catch (DataFormatException e) {
      return null;
    }
  }
}
