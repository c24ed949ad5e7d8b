package io.fingerpost.profiles;

import static io.fingerpost.profiles.ProfileValidatorTest.CONTEXT;
import static io.fingerpost.profiles.ProfileValidatorTest.VALIDATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;

/**
 * What becomes of UK Core's own examples here: {@code docs/spec-notes.md} says of each that it is
 * stored, or what it is refused for. Skipped where the samples are absent.
 */
class UkCoreExamplesTest {
  private static final Path EXAMPLES = SamplesTest.SAMPLES.resolve("ukcore-examples");
  private static final List<Class<? extends Resource>> TYPES =
      List.of(Patient.class, HealthcareService.class, ServiceRequest.class, CarePlan.class);
  private static final Path NOTES = Path.of("../docs/spec-notes.md");
  private static final String TABLE = "## UK Core's own examples";

  @Test
  void areStoredOrRefusedAsTheNotesSay() throws IOException {
    assumeTrue(Files.isDirectory(EXAMPLES), "no samples at hand");
    Map<String, String> verdicts = new TreeMap<>();
    for (Path file : files()) {
      Resource resource = (Resource) CONTEXT.newXmlParser().parseResource(Files.readString(file));
      if (TYPES.contains(resource.getClass())) {
        verdicts.put(file.getFileName().toString(), verdict(resource));
      }
    }

    assertThat(verdicts).isNotEmpty().isEqualTo(noted());
  }

  private static String verdict(Resource resource) {
    List<Fault> faults = VALIDATOR.faults(resource);
    return faults.isEmpty()
        ? "stored"
        : faults.stream()
            .map(fault -> "`" + fault.code() + "` at `" + fault.location() + "`")
            .collect(Collectors.joining(", "));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".xml")).toList();
    }
  }

  private static Map<String, String> noted() throws IOException {
    String notes = Files.readString(NOTES);
    int begin = notes.indexOf(TABLE) + TABLE.length();
    int end = notes.indexOf("\n## ", begin);
    return notes
        .substring(begin, end < 0 ? notes.length() : end)
        .lines()
        .filter(line -> line.contains(".xml |"))
        .map(line -> line.split("\\|"))
        .collect(
            Collectors.toMap(
                cells -> cells[1].strip(), cells -> cells[2].strip(), (a, b) -> b, TreeMap::new));
  }
}
