package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;

/** The program is killed in the midst of a council's file, after some of its rows are stored. */
final class CouncilFileAcrossKills implements PartAcrossKills {

  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final int ROWS = 60;
  private static final String HEADERS =
      "reference,person_id,nhs_number,family_name,given_name,birth_date,accessibility,restricted,"
          + "consent\n";

  private final Program at;
  private final Path folder;
  private final List<Person> people =
      IntStream.range(0, ROWS).mapToObj(row -> Person.next()).toList();

  CouncilFileAcrossKills(Program at) {
    this.at = at;
    this.folder = at.data().resolve("socialcare");
  }

  @Override
  public void justBefore(int kill) throws IOException {
    if (kill == 0) {
      put("many.csv");
      await().atMost(PATIENCE).until(() -> isKnown(people.get(0)));
    }
  }

  private void put(String name) throws IOException {
    StringBuilder file = new StringBuilder(HEADERS);
    for (int row = 0; row < ROWS; row++) {
      file.append(CouncilFilesIT.row("K-" + row, people.get(row), "", "no", "yes"));
    }
    Path part = Files.writeString(folder.resolve("inbox").resolve(name + ".part"), file);
    Files.move(part, folder.resolve("inbox").resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private boolean isKnown(Person person) {
    return !at.client("scheme")
        .search(Patient.class, "identifier=" + person.identifier())
        .isEmpty();
  }

  @Override
  public void down(int kill) {
    if (kill == 0) {
      assertThat(result("many")).as("killed in its midst").doesNotExist();
    }
  }

  @Override
  public void end() throws IOException {
    requireAllAccepted("many");
    put("again.csv");
    requireAllAccepted("again");
    for (Person person : people) {
      assertThat(
              at.client("scheme")
                  .search(ServiceRequest.class, "patient.identifier=" + person.identifier()))
          .hasSize(1);
    }
  }

  private void requireAllAccepted(String name) throws IOException {
    await().atMost(PATIENCE).until(() -> Files.exists(result(name)));
    List<String> lines = Files.readAllLines(result(name));
    assertThat(lines).hasSize(ROWS + 1);
    for (int row = 0; row < ROWS; row++) {
      assertThat(lines.get(row + 1)).isEqualTo((row + 2) + ",K-" + row + ",accepted,,");
    }
  }

  private Path result(String name) {
    return folder.resolve("outbox").resolve(name + ".result.csv");
  }

  @Override
  public Map<String, Integer> stored() {
    return Map.of(
        "ServiceRequest", ROWS, "Task", ROWS, "Provenance", ROWS, "Consent", ROWS, "Patient", ROWS);
  }
}
