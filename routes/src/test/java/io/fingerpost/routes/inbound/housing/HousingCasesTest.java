package io.fingerpost.routes.inbound.housing;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fingerpost.routes.inbound.MessageRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder under {@code inbound/housing} is a case: what was received, and what is stored of it
 * or the problem that is answered. A new case is two files and no Java; what came of a case without
 * expectations is left in {@code target/cases}.
 */
class HousingCasesTest {

  private static final Path CASES = Path.of("src/test/resources/inbound/housing");
  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern STRINGS = Pattern.compile("\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"");

  private final HousingContent content = new HousingContent();

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void doesWhatTheCaseSays(String name) throws IOException {
    byte[] received = Files.readAllBytes(CASES.resolve(name).resolve("received.json"));
    List<Fault> faults = content.faults(received, WexcombeHomes.NOW);
    if (faults.isEmpty()) {
      String stored =
          FHIR.newJsonParser()
              .setPrettyPrint(true)
              .encodeResourceToString(WexcombeHomes.stored(received));
      expect(name, "stored.fhir.json", stored);
    } else {
      String told =
          JSON.writerWithDefaultPrettyPrinter()
              .writeValueAsString(HousingAnswers.refused(faults).getBody());
      expect(name, "refused.json", told);
      assertThatNothingIsQuoted(new String(received, StandardCharsets.ISO_8859_1), told);
      assertThatTheLogIsToldTheSame(received, faults);
    }
  }

  private static void assertThatTheLogIsToldTheSame(byte[] received, List<Fault> faults) {
    try {
      WexcombeHomes.stored(received);
      throw new AssertionError("it was not refused");
    } catch (MessageRefused refused) {
      assertThat(refused.code()).isEqualTo(faults.get(0).code());
      assertThat(refused.location()).startsWith(faults.get(0).pointer());
    }
  }

  private static void expect(String name, String file, String actual) throws IOException {
    Path left = Files.createDirectories(Path.of("target/cases/housing", name)).resolve(file);
    Files.writeString(left, actual.strip() + "\n");
    Path expected = CASES.resolve(name).resolve(file);
    assertThat(expected).as("what came of it is in %s", left).exists();
    assertThat(actual.strip()).isEqualTo(Files.readString(expected).strip());
  }

  /** But for the words that are the schema's own. */
  private static void assertThatNothingIsQuoted(String received, String told) throws IOException {
    String words = HousingSchema.published(HousingSchema.FILE);
    String details = details(JSON.readTree(told));
    Matcher sent = STRINGS.matcher(received);
    while (sent.find()) {
      String value = sent.group(1);
      if (value.length() > 3 && !words.contains(value)) {
        assertThat(details).doesNotContain(value);
      }
    }
  }

  private static String details(JsonNode problem) {
    List<String> details = new ArrayList<>();
    problem.path("errors").forEach(error -> details.add(error.path("detail").asText()));
    return String.join("\n", details);
  }
}
