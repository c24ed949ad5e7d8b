package io.fingerpost.server.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.utilities.json.parser.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Plays the tests of the SQL-on-FHIR specification. Which ones HL7's runner cannot pass stands in
 * {@code docs/spec-notes.md}; run with {@code -Dsamples=<folder of the sample sets>}.
 */
class SqlOnFhirSpecificationTest {
  private static final int KNOWN_TO_PASS = 115;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final ViewRunner runner = new ViewRunner(FhirContext.forR4Cached());

  @Test
  void passesWhatHl7sRunnerIsKnownToPass(TestReporter reporter) throws IOException {
    Path tests = Path.of(System.getProperty("samples", "samples"), "sql-on-fhir-tests");
    assumeTrue(Files.isDirectory(tests), "no samples here");
    List<String> failed = new ArrayList<>();
    int passed = 0;
    try (Stream<Path> files = Files.list(tests)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        JsonNode suite = JSON.readTree(file.toFile());
        for (JsonNode test : suite.get("tests")) {
          if (passes(test, suite.get("resources"))) {
            passed++;
          } else {
            failed.add(file.getFileName() + ": " + test.get("title").textValue());
          }
        }
      }
    }
    reporter.publishEntry("SQL on FHIR", passed + " passed; not passed: " + failed);
    assertThat(passed).as("passed; not passed: %s", failed).isGreaterThanOrEqualTo(KNOWN_TO_PASS);
  }

  private boolean passes(JsonNode test, JsonNode resources) throws IOException {
    boolean wantsError = test.path("expectError").booleanValue();
    try {
      List<JsonNode> rows = rows(test.get("view"), resources);
      return !wantsError && asBag(rows).equals(asBag(test.get("expect")));
    } catch (FHIRException refused) {
      return wantsError;
    }
  }

  private List<JsonNode> rows(JsonNode view, JsonNode resources) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowStorage storage = new RowStorage(new NdjsonRows(out));
    ViewRunner.Run run =
        runner.begin(ViewDefinition.forRunner(JsonParser.parseObject(view.toString())), storage);
    for (JsonNode resource : resources) {
      if (resource.get("resourceType").equals(view.get("resource"))) {
        run.add(resource.toString());
      }
    }
    run.end();
    return JSON.readerFor(JsonNode.class).<JsonNode>readValues(out.toByteArray()).readAll();
  }

  /** The specification leaves the order of the rows open. */
  private static List<String> asBag(Iterable<JsonNode> rows) {
    List<String> bag = new ArrayList<>();
    for (JsonNode row : rows) {
      Map<String, String> cells = new TreeMap<>();
      row.properties().forEach(cell -> cells.put(cell.getKey(), text(cell.getValue())));
      bag.add(cells.toString());
    }
    bag.sort(null);
    return bag;
  }

  private static String text(JsonNode value) {
    return value.isNumber()
        ? value.decimalValue().stripTrailingZeros().toPlainString()
        : value.toString();
  }
}
