package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends what others have published as HL7 v2, as a hospital of ours: what became of each stands in
 * a table of {@code docs/spec-notes.md}, and nowhere is it otherwise. Skipped where the samples are
 * not.
 */
@OneServer
class HospitalSamplesIT {

  private static final Path SAMPLES =
      Path.of(System.getProperty("samples", "../../shared/samples"));
  private static final Path NOTES = Path.of("../docs/spec-notes.md");

  /** People come with orders and referrals; what is said of them comes after. */
  private static final Map<String, Integer> ORDER = Map.of("ORM", 1, "REF", 2, "ADT", 3);

  @Autowired private JdbcClient jdbc;

  private record Sample(String name, String text) {

    String type() {
      return field(9).split("\\^", -1)[0];
    }

    String field(int number) {
      String[] fields = text.substring(text.indexOf("MSH")).split("\r|\n", 2)[0].split("\\|", -1);
      return number - 1 < fields.length ? fields[number - 1] : "";
    }

    /** As a hospital of ours would send it, under a control id of its own. */
    byte[] from(String controlId, String version) {
      int start = text.indexOf("MSH");
      String[] header = text.substring(start).split("\r|\n", 2);
      String[] fields = header[0].split("\\|", -1);
      fields[2] = "ALDHELM";
      fields[3] = "Z9H01";
      fields[9] = controlId;
      if (fields.length > 11) {
        fields[11] = version;
      }
      for (int asked = 14; asked <= 15 && asked < fields.length; asked++) {
        // Otherwise some would not be answered.
        fields[asked] = "";
      }
      String message = text.substring(0, start) + String.join("|", fields) + "\r" + header[1];
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write(0x0b);
      frame.writeBytes(message.getBytes(StandardCharsets.ISO_8859_1));
      frame.write(0x1c);
      frame.write('\r');
      return frame.toByteArray();
    }
  }

  @Test
  void doesWithEachWhatTheTableSays() throws IOException {
    assumeThat(SAMPLES.resolve("hl7v2-microsoft")).isDirectory();
    List<String> rows = new ArrayList<>();
    for (Sample sample : samples()) {
      if (ORDER.containsKey(sample.type())) {
        String asSent = outcome(sample, sample.field(12));
        String relabelled = asSent.contains("VERSION_UNSUPPORTED") ? outcome(sample, "2.7") : "";
        rows.add(
            "| %s | %s | %s | %s | %s |"
                .formatted(sample.name(), sample.field(9), sample.field(12), asSent, relabelled));
      } else {
        String answer = answer(sample, Hl7.newControlId(), sample.field(12));
        assertThat(answer).as(sample.name()).contains("MSA|AR|", "TYPE_UNSUPPORTED");
      }
    }
    Files.write(Path.of("target", "hl7v2-samples.md"), rows);
    assertThat(
            Files.readAllLines(NOTES).stream()
                .filter(line -> line.startsWith("| hl7v2-") && line.contains("^")))
        .as("what became of them is in fhir-server/target/hl7v2-samples.md")
        .containsExactlyElementsOf(rows);
  }

  private static String answer(Sample sample, String controlId, String version) throws IOException {
    try (MllpConnection hospital = MllpConnection.to(MLLP_PORT)) {
      hospital.write(sample.from(controlId, version));
      return hospital.receive();
    }
  }

  private String outcome(Sample sample, String version) throws IOException {
    String controlId = Hl7.newControlId();
    String answer = answer(sample, controlId, version);
    if (!Hl7.code(answer).equals("AA")) {
      // Code and place; the remedy behind the colon is the sender's.
      String said = Hl7.field(answer, "MSA", 3);
      return "refused: `" + said.substring(0, said.indexOf(':')) + "`";
    }
    List<ServiceRequest> stored =
        SCHEME.search(
            ServiceRequest.class, "identifier=https://fingerpost.io/Id/message|Z9H01/" + controlId);
    if (stored.isEmpty()) {
      return jdbc.sql(
              "select case when state = 'held' then 'held: whom it is about'"
                  + " else coalesce('noted: `' || note || '`', 'changed') end from fingerpost.message"
                  + " where sender = 'Z9H01' and message_id = ?")
          .param(controlId)
          .query(String.class)
          .single();
    }
    return stored.get(0).getStatus() == ServiceRequestStatus.ONHOLD ? "held for consent" : "stored";
  }

  private static List<Sample> samples() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> SAMPLES.relativize(file).startsWith(file(file)))
          .map(HospitalSamplesIT::sample)
          .filter(sample -> sample.text().contains("MSH|"))
          .sorted(
              Comparator.comparing((Sample sample) -> ORDER.getOrDefault(sample.type(), 4))
                  .thenComparing(Sample::name))
          .toList();
    }
  }

  private static Path file(Path file) {
    Path folder = SAMPLES.relativize(file).getName(0);
    return folder.toString().startsWith("hl7v2-") && !file.toString().endsWith(".json")
        ? folder
        : Path.of("none");
  }

  private static Sample sample(Path file) {
    try {
      return new Sample(
          SAMPLES.relativize(file).toString(),
          new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
