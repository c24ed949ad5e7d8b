package io.fingerpost.routes.inbound.gp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.routes.inbound.Content;
import io.fingerpost.routes.inbound.KnownParties;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.routes.inbound.ReferralCancellation;
import io.fingerpost.routes.inbound.ReferralTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * NHS England's own BaRS examples, where {@code -Dsamples=<folder>} has them: what becomes of each
 * is what {@code docs/spec-notes.md} says.
 */
@EnabledIfSystemProperty(named = "samples", matches = ".+")
class BarsSamplesTest {

  private static final Path NOTES = Path.of("../docs/spec-notes.md");
  private static final String HEADING = "## BaRS's own examples\n";

  @Test
  void becomeWhatTheTableSays() throws IOException {
    List<String> rows = new ArrayList<>();
    for (Path sample : samples()) {
      byte[] body = Files.readAllBytes(sample);
      if (isMessage(body)) {
        rows.add(
            "| %s | %s | %s |"
                .formatted(sample.getFileName(), outcome(body), outcome(madeUp(body))));
      }
    }
    Files.writeString(Path.of("target/bars-samples.md"), String.join("\n", rows) + "\n");
    assertThat(table()).as("left in target/bars-samples.md").containsExactlyElementsOf(rows);
  }

  /** Bare resources, answers and lists: nobody sends them as a message. */
  @Test
  void areRefusedAsMalformedWhereTheyAreNoMessage() throws IOException {
    for (Path sample : samples()) {
      byte[] body = Files.readAllBytes(sample);
      if (!isMessage(body)) {
        assertThat(outcome(body)).as(sample.toString()).startsWith("refused: `MESSAGE_MALFORMED`");
      }
    }
  }

  /** The rows of the section, without their last column, which is for people. */
  private static List<String> table() throws IOException {
    String notes = Files.readString(NOTES);
    assertThat(notes).contains(HEADING);
    String section =
        notes.substring(notes.indexOf(HEADING) + HEADING.length()).split("\n## ", 2)[0];
    return section
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| example |"))
        .map(line -> line.substring(0, line.lastIndexOf(" | ") + 2))
        .toList();
  }

  private static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("samples")))) {
      return files
          .filter(file -> file.toString().contains("/bars-") && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private static boolean isMessage(byte[] body) {
    return new String(body, UTF_8).contains("MessageHeader");
  }

  /** Its organisation is one of ours, and its person has a number of the 999 range. */
  private static byte[] madeUp(byte[] body) {
    return new String(body, UTF_8)
        .replace("\"RND\"", "\"Z91001\"")
        .replace("3478526985", "9990000018")
        .getBytes(UTF_8);
  }

  private static String outcome(byte[] body) {
    try {
      Content content = GpMessages.content(body);
      return content instanceof Referral referral
          ? stored(body, referral)
          : content instanceof ReferralCancellation
              ? "takes a referral back"
              : "changes a referral";
    } catch (MessageRefused refused) {
      return "refused: `%s` at `%s`".formatted(refused.code(), refused.location());
    }
  }

  private static String stored(byte[] body, Referral referral) {
    boolean held =
        new ReferralTransaction(GpMessages.SCHEME)
                .of(GpMessages.kept(body), referral, new KnownParties(null, null, null))
                .getEntry()
                .stream()
                .anyMatch(
                    entry ->
                        entry.getResource() instanceof ServiceRequest request
                            && request.getStatus() == ServiceRequestStatus.ONHOLD);
    return held ? "stored, held" : "stored";
  }
}
