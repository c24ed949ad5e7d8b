package io.fingerpost.routes.inbound.socialcare;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.partners.FileSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * A file of many rows takes no more memory than one of few. How many: {@code
 * -Dcouncil.rows=100000}.
 */
class ManyRowsTest {

  private static final Logger log = LoggerFactory.getLogger(ManyRowsTest.class);
  private static final int ROWS = Integer.getInteger("council.rows", 20_000);
  private static final long MEGABYTE = 1 << 20;

  @TempDir private Path folder = Path.of("");

  private final AtomicInteger received = new AtomicInteger();
  private final AtomicLong mostHeap = new AtomicLong();

  @Test
  void areWorkedThroughInTheMemoryOfAFew() throws IOException {
    Path file = folder.resolve("many.csv");
    try (BufferedWriter rows = Files.newBufferedWriter(file)) {
      rows.write("reference,person_id,family_name,birth_date,need,reason,notes,consent\n");
      for (int row = 1; row <= ROWS; row++) {
        rows.write(
            "WX-%d,%d,Tolliver,1950-02-03,loneliness,%s,\"%s\n%s\",yes%n"
                .formatted(row, row, "r".repeat(80), "n".repeat(120), "n".repeat(120)));
      }
    }
    CouncilSettings usual = WexcombeCouncil.settings(folder);
    CouncilSettings settings =
        new CouncilSettings(
            usual.folder(),
            usual.spool(),
            usual.poll(),
            usual.stableFor(),
            usual.workers(),
            DataSize.ofGigabytes(1),
            DataSize.ofGigabytes(1),
            usual.maxRowCharacters(),
            usual.patience(),
            usual.archiveRetention(),
            null,
            null);
    Path result = folder.resolve("result.csv");
    ExecutorService workers = Executors.newFixedThreadPool(settings.workers());
    long heapBefore = heap();
    long begun = System.nanoTime();
    try {
      new CouncilReception(counting(), nothingKept(), settings, workers, Clock.systemUTC())
          .work(
              new CouncilReception.Arrived(
                  "Z9C01",
                  FileName.of("many.csv"),
                  file,
                  FileSettings.USUAL,
                  PgpKeys.read(settings, List.of())),
              result,
              () -> false);
    } finally {
      workers.shutdownNow();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;

    long grown = Math.max(0, mostHeap.get() - heapBefore) / MEGABYTE;
    log.info(
        "rows={} megabytes={} seconds={} rows-a-second={} heap-grown-megabytes={}",
        ROWS,
        Files.size(file) / MEGABYTE,
        seconds,
        Math.round(ROWS / seconds),
        grown);
    assertThat(received).hasValue(ROWS);
    try (var lines = Files.lines(result)) {
      assertThat(lines.count()).isEqualTo(ROWS + 1);
    }
    assertThat(grown).as("megabytes of heap").isLessThan(16);
  }

  /** What is reachable, a few times in the course of the file. */
  private Intake counting() {
    return new Intake() {
      @Override
      public Receipt receive(String sender, String messageId, byte[] body) {
        if (received.incrementAndGet() % (ROWS / 4) == 0) {
          mostHeap.accumulateAndGet(heap(), Math::max);
        }
        return new Receipt(
            new UUID(0, 1), WexcombeCouncil.NOW, false, new Outcome.Stored("ServiceRequest/1"));
      }

      @Override
      public Receipt refuse(String sender, String messageId, byte[] body, MessageRefused refusal) {
        return new Receipt(
            new UUID(0, 1), WexcombeCouncil.NOW, false, new Outcome.Refused(refusal.refusal()));
      }
    };
  }

  private static KeptRows nothingKept() {
    return new KeptRows() {
      @Override
      public boolean isTaken(String sender, String reference, String messageId) {
        return false;
      }

      @Override
      public Optional<Outcome> outcome(String sender, String messageId) {
        return Optional.empty();
      }
    };
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
