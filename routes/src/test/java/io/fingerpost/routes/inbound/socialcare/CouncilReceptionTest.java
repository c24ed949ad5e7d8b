package io.fingerpost.routes.inbound.socialcare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fingerpost.routes.partners.FileSettings;
import io.fingerpost.terminology.CodeTranslator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is worked through again and again, and comes to the same. */
class CouncilReceptionTest {

  private static final String HEADERS = "reference,person_id,family_name,consent\n";

  @TempDir private Path folder = Path.of("");

  private final ExecutorService workers = Executors.newFixedThreadPool(4);
  private final FakeStore store =
      new FakeStore(new CouncilTranslator(WexcombeCouncil.partners(null), new CodeTranslator()));

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  @Test
  void givesTheSameResultAgainAndStoresNothingNew() throws IOException {
    String first = work(rows(1, 40), () -> false);

    assertThat(first.lines()).hasSize(41);
    assertThat(work(rows(1, 40), () -> false)).isEqualTo(first);
    assertThat(store.stored).hasSize(40);
  }

  @Test
  void tellsTheRowsInTheirOrderHoweverManyAreWorkedOnAtOnce() throws IOException {
    assertThat(work(rows(1, 200), () -> false).lines().skip(1))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 200)
                .mapToObj(i -> (i + 1) + ",WX-" + i + ",accepted,,")
                .toList());
  }

  @Test
  void takesUpAFileInWhoseMidstItWasStopped() throws IOException {
    AtomicInteger asked = new AtomicInteger();

    assertThatThrownBy(() -> work(rows(1, 100), () -> asked.incrementAndGet() > 50))
        .isInstanceOf(CouncilReception.Interrupted.class);
    assertThat(store.stored).hasSizeBetween(1, 50);

    assertThat(work(rows(1, 100), () -> false).lines().skip(1))
        .hasSize(100)
        .allMatch(line -> line.endsWith(",accepted,,"));
    assertThat(store.stored).hasSize(100);
  }

  @Test
  void waitsForARowThatFailedAndTellsTheOthersMeanwhile() throws IOException {
    AtomicInteger failures = new AtomicInteger();
    store.failing = id -> id.endsWith("/WX-2") && failures.incrementAndGet() == 1;
    store.retryByItself = true;

    String result = work(rows(1, 3), () -> false);

    assertThat(result.lines().skip(1))
        .containsExactly("2,WX-1,accepted,,", "4,WX-3,accepted,,", "3,WX-2,accepted,,");
  }

  @Test
  void tellsOfARowThatFailsForLongAsHeld() throws IOException {
    store.failing = id -> id.endsWith("/WX-2");

    assertThat(work(rows(1, 3), () -> false).lines().skip(1))
        .contains("2,WX-1,accepted,,", "4,WX-3,accepted,,")
        .anyMatch(line -> line.startsWith("3,WX-2,held,TEMPORARILY_FAILED,"));
  }

  @Test
  void takesWhatWasAppendedToAFileAndNothingTwice() throws IOException {
    work(rows(1, 10), () -> false);

    assertThat(work(rows(1, 12), () -> false).lines()).hasSize(13);
    assertThat(store.stored).hasSize(12);
  }

  private static String rows(int from, int to) {
    return HEADERS
        + IntStream.rangeClosed(from, to)
            .mapToObj(i -> "WX-" + i + "," + (40_000 + i) + ",Tolliver,yes\n")
            .collect(Collectors.joining());
  }

  private String work(String text, BooleanSupplier stopping) throws IOException {
    CouncilSettings settings = WexcombeCouncil.settings(folder);
    Path file = Files.writeString(folder.resolve("file"), text);
    Path result = folder.resolve("result");
    new CouncilReception(store, store, settings, workers, Clock.systemUTC())
        .work(
            new CouncilReception.Arrived(
                "Z9C01",
                FileName.of("referrals.csv"),
                file,
                FileSettings.USUAL,
                PgpKeys.read(settings, List.of())),
            result,
            stopping);
    return Files.readString(result);
  }
}
