package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.inbound.Boundary;
import io.fingerpost.routes.inbound.Spoilt;
import io.fingerpost.routes.inbound.SpoiltMessages;
import io.fingerpost.routes.inbound.Storable;
import io.fingerpost.routes.partners.FileSettings;
import io.fingerpost.terminology.CodeTranslator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.springframework.util.FileSystemUtils;

/** Whatever a file holds, there is a result that tells of each row. */
class CouncilSpoiltTest {

  /** References are the council's own, and stand in its result. */
  private static final List<String> PERSONAL =
      List.of("9990014728", "Tolliver", "Attwater", "Brackenbury", "01632", "1950-02-03");

  /** Twice what one takes, answer and all. */
  private static final long BYTES_FOR_A_ROW = 1 << 17;

  private final ExecutorService oneByOne = Executors.newSingleThreadExecutor();
  private final Boundary boundary = new Boundary(this::result, PERSONAL);
  private Path folder = Path.of("");

  @BeforeProperty
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("spoilt");
  }

  @AfterProperty
  void stop() throws IOException {
    oneByOne.shutdownNow();
    FileSystemUtils.deleteRecursively(folder);
  }

  @Provide
  Arbitrary<Spoilt> files() {
    return Spoilt.of("socialcare");
  }

  @Property
  @AddLifecycleHook(SpoiltMessages.class)
  void isAnsweredWhateverItIs(@ForAll("files") Spoilt file) {
    long rows = 1_000 + file.text().lines().count();
    boundary.holdsAgainst(file.bytes(), rows * BYTES_FOR_A_ROW);
  }

  private String result(byte[] bytes) {
    FakeStore store =
        new FakeStore(new CouncilTranslator(WexcombeCouncil.partners(null), new CodeTranslator()));
    CouncilSettings settings = WexcombeCouncil.settings(folder);
    Path result = folder.resolve("result.csv");
    try {
      new CouncilReception(
              store, store, settings, oneByOne, Clock.fixed(WexcombeCouncil.NOW, ZoneOffset.UTC))
          .work(
              new CouncilReception.Arrived(
                  "Z9C01",
                  FileName.of("received.csv"),
                  Files.write(folder.resolve("received.csv"), bytes),
                  FileSettings.USUAL,
                  PgpKeys.read(settings, List.of())),
              result,
              () -> false);
      store.stored.keySet().forEach(Storable::requireId);
      store.stored.values().forEach(Storable::require);
      return withoutReferences(Files.readString(result));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code line,reference,outcome,...}, where the reference may be quoted and hold anything. */
  private static String withoutReferences(String result) {
    StringBuilder without = new StringBuilder();
    boolean quoted = false;
    int cell = 0;
    for (char c : result.toCharArray()) {
      quoted ^= c == '"';
      if (!quoted && c == '\n') {
        cell = 0;
      } else if (!quoted && c == ',') {
        cell++;
      }
      if (cell != 1) {
        without.append(c);
      }
    }
    return without.toString();
  }
}
