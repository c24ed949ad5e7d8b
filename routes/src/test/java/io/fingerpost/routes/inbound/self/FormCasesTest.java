package io.fingerpost.routes.inbound.self;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder under {@code inbound/self} is a case: what was received, and what is stored of it or
 * the OperationOutcome that is answered. A new case is two files and no Java; what came of a case
 * without expectations is left in {@code target/cases}.
 */
class FormCasesTest {

  private static final Path CASES = Path.of("src/test/resources/inbound/self");
  private static final IParser PRETTY =
      FhirContext.forR4Cached().newJsonParser().setPrettyPrint(true);
  private static final Pattern ANSWERS =
      Pattern.compile("\"value(?:String|Date)\"\\s*:\\s*\"([^\"]*)\"");

  private final FormContent content = new FormContent();

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void doesWhatTheCaseSays(String name) throws IOException {
    byte[] received = Files.readAllBytes(CASES.resolve(name).resolve("received.json"));
    List<Fault> faults = content.faults(received, WebForm.NOW);
    if (faults.isEmpty()) {
      expect(name, "stored.fhir.json", PRETTY.encodeResourceToString(WebForm.stored(received)));
    } else {
      FormAnswer answer = FormAnswer.refused(faults);
      String told = PRETTY.encodeResourceToString(answer.body());
      expect(name, "refused.json", told);
      assertThatNothingIsQuoted(received, (OperationOutcome) answer.body());
    }
  }

  private static void expect(String name, String file, String actual) throws IOException {
    Path left = Files.createDirectories(Path.of("target/cases/self", name)).resolve(file);
    Files.writeString(left, actual.strip() + "\n");
    Path expected = CASES.resolve(name).resolve(file);
    assertThat(expected).as("what came of it is in %s", left).exists();
    assertThat(actual.strip()).isEqualTo(Files.readString(expected).strip());
  }

  private static void assertThatNothingIsQuoted(byte[] received, OperationOutcome told) {
    Matcher answers = ANSWERS.matcher(new String(received, StandardCharsets.ISO_8859_1));
    while (answers.find()) {
      String answer = answers.group(1);
      if (answer.length() > 3) {
        assertThat(told.getIssue())
            .allSatisfy(issue -> assertThat(issue.getDiagnostics()).doesNotContain(answer));
      }
    }
  }
}
