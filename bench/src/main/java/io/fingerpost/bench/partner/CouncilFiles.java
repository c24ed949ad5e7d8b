package io.fingerpost.bench.partner;

import io.fingerpost.bench.CommandFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * A council that refers by file: it puts one in the drop folder, whole at once, and waits for the
 * result beside it.
 */
public final class CouncilFiles {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HEADERS =
      "reference,person_id,nhs_number,given_name,family_name,birth_date,language,interpreter,"
          + "accessibility,need,reason,restricted,consent,consent_date,consent_given_by\n";

  private final Path folder;

  /**
   * @param data directory of the server
   */
  public CouncilFiles(Path data) {
    this.folder = data.resolve("socialcare");
  }

  /** A file of these rows under the headers of {@code docs/council-referral.md}. */
  public static String file(String... rows) {
    return HEADERS + String.join("", rows);
  }

  /**
   * @param consent {@code yes}, {@code no}, or nothing
   */
  public static String row(
      String reference, Person person, String nhsNumber, String consent, LocalDate today) {
    return String.join(
            ",",
            reference,
            "P-" + reference,
            nhsNumber,
            person.given(),
            person.family(),
            person.born("yyyy-MM-dd"),
            "British Sign Language",
            "yes",
            "bsl-interpreter; step-free",
            "loneliness",
            "\"Lonely, says so\"",
            "no",
            consent,
            consent.isEmpty() ? "" : today.toString(),
            consent.isEmpty() ? "" : "person")
        + "\n";
  }

  /** Puts a file there, and gives the lines of its result, without the headers. */
  public List<String> send(String name, String text) throws InterruptedException {
    Path result = folder.resolve("outbox").resolve(name.replace(".csv", ".result.csv"));
    try {
      Files.deleteIfExists(result);
      Path written =
          Files.writeString(
              folder.resolve("inbox").resolve(name + ".part"), text, StandardCharsets.UTF_8);
      Files.move(written, folder.resolve("inbox").resolve(name), StandardCopyOption.ATOMIC_MOVE);
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (Files.notExists(result)) {
        if (System.nanoTime() > until) {
          throw new CommandFailed("No result came within " + PATIENCE.toSeconds() + " seconds.");
        }
        Thread.sleep(100);
      }
      return Files.readAllLines(result).stream().skip(1).toList();
    } catch (IOException e) {
      throw new CommandFailed("The drop folder " + folder + " cannot be used.", e);
    }
  }
}
