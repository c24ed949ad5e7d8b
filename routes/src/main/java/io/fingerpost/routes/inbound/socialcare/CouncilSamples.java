package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.SampleReader;
import io.fingerpost.routes.partners.FileSettings;
import io.fingerpost.routes.partners.Partner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/** One file of a council's; it is answered with the result file it would find. */
@Component
final class CouncilSamples implements SampleReader {

  private final CouncilFolders.Rows rows;
  private final CouncilSettings settings;
  private final Clock clock;

  CouncilSamples(CouncilFolders.Rows rows, CouncilSettings settings, Clock clock) {
    this.rows = rows;
    this.settings = settings.withoutPatience();
    this.clock = clock;
  }

  @Override
  public String channel() {
    return CouncilTranslator.CHANNEL;
  }

  @Override
  public boolean recognises(String name, byte[] sample) {
    FileName file = FileName.of(name);
    return file.isOfRows() || file.isSealed();
  }

  /** Row after row, so that what is said of them is in their order. */
  @Override
  public String answer(Partner sender, String name, byte[] sample, Intake intake) {
    FileSettings files = Objects.requireNonNullElse(sender.files(), FileSettings.USUAL);
    ExecutorService oneByOne = Executors.newSingleThreadExecutor();
    try {
      CouncilFolder.makeOurs(settings.spool());
      Path file = Files.createTempFile(settings.spool(), "sample", ".csv");
      Path result = Files.createTempFile(settings.spool(), "result", ".csv");
      try {
        Files.write(file, sample);
        new CouncilReception(
                intake, KeptRows.of(rows.messages(), rows.references()), settings, oneByOne, clock)
            .work(
                new CouncilReception.Arrived(
                    sender.organisation(),
                    FileName.of(name),
                    file,
                    files,
                    PgpKeys.read(settings, files.pgpKeys())),
                result,
                () -> false);
        return Files.readString(result);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(result);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      oneByOne.shutdownNow();
    }
  }
}
