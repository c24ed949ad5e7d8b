package io.fingerpost.routes.inbound.socialcare;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.routes.partners.FileSettings;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.terminology.CodeTranslator;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder under {@code inbound/socialcare} is a case, made up by us: the file a council sent,
 * the result it gets, and what is stored of each row, under the row's reference. Where the council
 * does not write as is usual, {@code files.properties} says how. A new case needs no Java; what
 * came of it is left in {@code target/cases}.
 */
class CouncilCasesTest {

  private static final Path CASES = Path.of("src/test/resources/inbound/socialcare");
  private static final ExecutorService ONE_BY_ONE = Executors.newSingleThreadExecutor();

  @TempDir private Path folder = Path.of("");

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(each -> each.getFileName().toString()).sorted().toList().stream();
    }
  }

  @AfterAll
  static void stop() {
    ONE_BY_ONE.shutdownNow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void doesWhatTheCaseSays(String name) throws IOException {
    FileSettings files = files(name);
    PartnerRegistry partners = WexcombeCouncil.partners(files);
    FakeStore store = new FakeStore(new CouncilTranslator(partners, new CodeTranslator()));
    CouncilSettings settings = WexcombeCouncil.settings(folder);
    CouncilReception reception =
        new CouncilReception(
            store, store, settings, ONE_BY_ONE, Clock.fixed(WexcombeCouncil.NOW, ZoneOffset.UTC));
    Path result = folder.resolve("result.csv");

    reception.work(
        new CouncilReception.Arrived(
            "Z9C01",
            FileName.of("received.csv"),
            CASES.resolve(name).resolve("received.csv"),
            files,
            PgpKeys.read(settings, List.of())),
        result,
        () -> false);

    Path left = Files.createDirectories(Path.of("target/cases", name));
    for (Map.Entry<String, String> row : store.stored.entrySet()) {
      String reference = row.getKey().substring(33).replaceAll("[^A-Za-z0-9-]", "_");
      Files.writeString(
          left.resolve(reference + ".stored.fhir.json"), row.getValue().strip() + "\n");
    }
    Files.writeString(left.resolve("result.csv"), Files.readString(result).replace("\r\n", "\n"));
    assertThat(made(left)).as("files left in %s", left).isEqualTo(made(CASES.resolve(name)));
  }

  /** Everything but what the case begins with. */
  private static Map<String, String> made(Path folder) throws IOException {
    Map<String, String> made = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.equals("result.csv") || name.endsWith("stored.fhir.json")) {
          made.put(name, Files.readString(file));
        }
      }
    }
    return made;
  }

  private static FileSettings files(String name) throws IOException {
    Path file = CASES.resolve(name).resolve("files.properties");
    if (Files.notExists(file)) {
      return FileSettings.USUAL;
    }
    Properties said = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      said.load(text);
    }
    Map<String, String> columns = new HashMap<>();
    Map<String, String> codes = new HashMap<>();
    for (String key : said.stringPropertyNames()) {
      if (key.startsWith("columns.")) {
        columns.put(key.substring(8), said.getProperty(key));
      } else if (key.startsWith("codes.")) {
        codes.put(key.substring(6), said.getProperty(key));
      }
    }
    return new FileSettings(
        null,
        null,
        FileSettings.Charset.valueOf(said.getProperty("charset", "UTF_8")),
        said.getProperty("delimiter", ","),
        said.getProperty("date-format", "yyyy-MM-dd"),
        columns,
        codes,
        List.of());
  }
}
