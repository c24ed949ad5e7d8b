package io.fingerpost.server.consent.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import io.fingerpost.server.consent.decision.ConsentDecisionEngine;
import io.fingerpost.server.consent.decision.ConsentRecord;
import io.fingerpost.server.consent.decision.Recipient;
import io.fingerpost.server.consent.decision.ResourceFacts;
import io.fingerpost.server.consent.decision.ResourceFacts.Origin;
import io.fingerpost.server.consent.decision.ShareQuestion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/**
 * Reads and decides every Consent of the published samples, and holds the table of {@code
 * docs/spec-notes.md} to what comes out; run with {@code -Dsamples=<folder of the sample sets>}.
 */
class ConsentSamplesTest {

  private static final Pattern CONSENT =
      Pattern.compile("<Consent[\\s>]|\"resourceType\"\\s*:\\s*\"Consent\"");
  private static final String HEADER = "| sample set | consents | state |";

  @Test
  void areDecidedAsThePageSays() throws IOException {
    Path samples = Path.of(System.getProperty("samples", "samples"));
    assumeTrue(Files.isDirectory(samples), "no samples here");
    Map<String, Integer> counted = new TreeMap<>();
    for (Path file : filesIn(samples)) {
      String set = samples.relativize(file).getName(0).toString();
      try {
        consentsIn(file).forEach(consent -> counted.merge(row(set, consent), 1, Integer::sum));
      } catch (DataFormatException otherVersion) {
        counted.merge(set + " | not R4 | – | –", 1, Integer::sum);
      }
    }
    assertThat(counted).isEqualTo(published());
  }

  /** What a surgery that sent it may see of the scheme's plan, and what a landlord may. */
  private static String row(String set, Consent consent) {
    consent.setId("Consent/1");
    ConsentRecord read = Consents.READER.read(consent, "Z91001");
    return String.join(
        " | ",
        set,
        consent.getStatus().toCode(),
        decide(read, new Recipient("Z91001", "gp")),
        decide(read, new Recipient("Z9L01", "housing")));
  }

  private static String decide(ConsentRecord consent, Recipient recipient) {
    ResourceFacts plan =
        new ResourceFacts(
            "CarePlan", Set.of(), Set.of(), new Origin("Z9S01", null), "CarePlan/7", Set.of());
    return new ConsentDecisionEngine("Z9S01")
        .decide(
            new ShareQuestion("Patient/1", recipient, "TREAT", plan, Consents.AT, null),
            List.of(consent))
        .reason()
        .name();
  }

  private static List<Path> filesIn(Path samples) throws IOException {
    try (Stream<Path> files = Files.walk(samples)) {
      return files.filter(file -> file.toString().matches(".*\\.(xml|json)")).sorted().toList();
    }
  }

  private static List<Consent> consentsIn(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    if (!CONSENT.matcher(text).find()) {
      return List.of();
    }
    FhirContext context = FhirContext.forR4Cached();
    IParser parser =
        file.toString().endsWith(".xml") ? context.newXmlParser() : context.newJsonParser();
    parser.setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());
    List<Consent> consents = new ArrayList<>();
    collect((Resource) parser.parseResource(text), consents);
    return consents;
  }

  private static void collect(Resource resource, List<Consent> into) {
    if (resource instanceof Consent consent) {
      into.add(consent);
    } else if (resource instanceof Bundle bundle) {
      bundle.getEntry().stream()
          .flatMap(entry -> Optional.ofNullable(entry.getResource()).stream())
          .forEach(entry -> collect(entry, into));
    }
  }

  private static Map<String, Integer> published() throws IOException {
    Map<String, Integer> rows = new TreeMap<>();
    boolean inTable = false;
    for (String line : Files.readAllLines(Path.of("..", "docs", "spec-notes.md"))) {
      inTable = line.startsWith(HEADER) || (inTable && line.startsWith("|"));
      if (inTable && !line.startsWith(HEADER) && !line.startsWith("|---")) {
        String[] cells = line.substring(2).split(" \\| ");
        rows.put(
            String.join(" | ", cells[0], cells[2], cells[3], cells[4]), Integer.valueOf(cells[1]));
      }
    }
    return rows;
  }
}
