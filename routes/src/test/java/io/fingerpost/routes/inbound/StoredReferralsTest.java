package io.fingerpost.routes.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.ProfileValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the cases of every channel store meets the profiles: the store would refuse it otherwise.
 */
class StoredReferralsTest {

  private static final Path CASES = Path.of("src/test/resources/inbound");
  private static final ProfileValidator VALIDATOR = new ProfileValidator(FhirContext.forR4Cached());

  static List<Named<Path>> stored() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files
          .filter(file -> file.endsWith("stored.fhir.json"))
          .sorted()
          .map(file -> Named.of(CASES.relativize(file.getParent()).toString(), file))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("stored")
  void hasNoFault(Path stored) throws IOException {
    assertThat(VALIDATOR.faultsInJson(Files.readString(stored))).isEmpty();
  }
}
