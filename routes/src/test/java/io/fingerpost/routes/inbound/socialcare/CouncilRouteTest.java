package io.fingerpost.routes.inbound.socialcare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fingerpost.routes.partners.FileSettings;
import io.fingerpost.routes.partners.FileSettings.Sftp;
import io.fingerpost.terminology.CodeTranslator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The routes between a council's folders, here and on an SFTP server. */
class CouncilRouteTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String REFERRAL =
      "reference,person_id,family_name,consent\nWX-1,40001,Tolliver,yes\n";
  private static final String RESULT =
      "line,reference,result,code,what_to_do\r\n2,WX-1,accepted,,\r\n";

  @TempDir private Path folder = Path.of("");

  private final ExecutorService workers = Executors.newFixedThreadPool(4);
  private final FakeStore store =
      new FakeStore(new CouncilTranslator(WexcombeCouncil.partners(null), new CodeTranslator()));
  private final AtomicBoolean othersTurn = new AtomicBoolean();
  private @Nullable CamelContext camel;

  @AfterEach
  void stop() {
    if (camel != null) {
      camel.stop();
    }
    workers.shutdownNow();
  }

  @Test
  void putsTheResultInTheOutboxAndTheFileInTheArchive() throws Exception {
    Path base = serveFolder("folder with a blank");

    put(base, "March (2).csv", REFERRAL);

    awaitResult(base, "March (2).result.csv", RESULT);
    awaitFiles(base, "archive", "March (2).csv");
    awaitFiles(base, "inbox");
    awaitFiles(base, "working");
    awaitFiles(base, "outbox", "March (2).result.csv");
    assertThat(base.resolve("archive/March (2).csv")).hasContent(REFERRAL);
  }

  @Test
  void takesTheSameNameAgainWithItsNewContent() throws Exception {
    Path base = serveFolder("council");
    put(base, "daily.csv", REFERRAL);
    awaitFiles(base, "archive", "daily.csv");

    put(base, "daily.csv", REFERRAL.replace("WX-1", "WX-2"));

    awaitResult(base, "daily.result.csv", RESULT.replace("WX-1", "WX-2"));
    await().atMost(LONG).ignoreExceptions().until(() -> files(base, "archive").size() == 2);
    assertThat(store.stored).hasSize(2);
  }

  @Test
  void waitsForAFileThatIsStillBeingWritten() throws Exception {
    Path base = serveFolder("council");
    Path part = Files.writeString(base.resolve("inbox/a.csv.part"), REFERRAL);
    Files.writeString(base.resolve("inbox/b.csv"), REFERRAL.replace("WX-1", "WX-2"));
    awaitFiles(base, "archive", "b.csv");
    assertThat(part).exists();

    Files.move(part, base.resolve("inbox/a.csv"), StandardCopyOption.ATOMIC_MOVE);

    awaitResult(base, "a.result.csv", RESULT);
  }

  @Test
  void leavesAFileAloneForAsLongAsItGrows() throws Exception {
    Path base = serveFolder("council");
    Path growing = base.resolve("inbox/growing.csv");
    Files.writeString(growing, "reference,person_id,family_name,consent\n");
    for (int row = 1; row <= 300; row++) {
      Files.writeString(growing, "WX-" + row + ",1,Tolliver,yes\n", StandardOpenOption.APPEND);
      assertThat(growing).exists();
    }

    awaitFiles(base, "archive", "growing.csv");
    assertThat(Files.readString(base.resolve("outbox/growing.result.csv")).lines()).hasSize(301);
  }

  @Test
  void answersWhateverItIsCalledAndWhateverItIs() throws Exception {
    Path base = serveFolder("council");
    put(base, "${exec:touch x}$(touch x);`x`.csv", REFERRAL);
    put(base, "referrals.xlsx", "PK");
    put(base, "line\nbreak.csv", "");
    Files.createSymbolicLink(base.resolve("inbox/link.csv"), Path.of("/etc/passwd"));
    Files.createDirectory(base.resolve("inbox/folder.csv"));

    awaitResult(base, "__exec_touch x__(touch x)__x_.result.csv", RESULT);
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(files(base, "outbox"))
                    .hasSize(3)
                    .contains("referrals.xlsx.result.csv", "line_break.result.csv"));
    assertThat(Files.readString(base.resolve("outbox/referrals.xlsx.result.csv")))
        .contains("0,,refused,TYPE_UNSUPPORTED,");
    assertThat(files(base, "inbox")).containsExactlyInAnyOrder("link.csv", "folder.csv");
  }

  @Test
  void takesUpWhatAProgramThatDiedLeftInWork() throws Exception {
    Path base = folder.resolve("council");
    Files.createDirectories(base.resolve("working"));
    Files.writeString(
        base.resolve("working/20260303T101501123-1f0e5a7c~left.csv"),
        REFERRAL,
        StandardCharsets.UTF_8);

    serveFolder("council");

    awaitResult(base, "left.result.csv", RESULT);
    awaitFiles(base, "archive", "left.csv");
  }

  @Test
  void leavesTheFolderToAnotherNodeWhileItIsTheOthersTurn() throws Exception {
    othersTurn.set(true);
    Path base = serveFolder("council");
    put(base, "a.csv", REFERRAL);
    await().during(Duration.ofSeconds(1)).until(() -> files(base, "inbox").size() == 1);

    othersTurn.set(false);

    awaitResult(base, "a.result.csv", RESULT);
  }

  @Test
  void doesTheSameOnAnSftpServerAlsoAfterItWasGone() throws Exception {
    Path files = folder.resolve("server");
    try (SftpHost host = new SftpHost(files)) {
      Path base = files.resolve("referrals");
      Files.createDirectories(base.resolve("inbox"));
      serve(sftp(host, host.writeKnownHosts(folder.resolve("known_hosts"))));
      put(base, "first.csv", REFERRAL);
      awaitResult(base, "first.result.csv", RESULT);
      await().atMost(LONG).ignoreExceptions().until(() -> files(base, "archive").size() == 1);
      assertThat(files(base, "archive").get(0)).endsWith(" first.csv");

      host.stop();
      put(base, "second.csv", REFERRAL.replace("WX-1", "WX-2"));
      host.startAgain();

      awaitResult(base, "second.result.csv", RESULT.replace("WX-1", "WX-2"));
      await().atMost(LONG).ignoreExceptions().until(() -> files(base, "archive").size() == 2);
      awaitFiles(base, "inbox");
      assertThat(store.stored).hasSize(2);
      assertThat(files(folder, "spool")).containsExactly("demo-council");
      assertThat(files(folder, "spool/demo-council")).isEmpty();
    }
  }

  /** And everything it carries is encrypted and signed. */
  @ParameterizedTest
  @EnumSource(SftpHost.Gone.class)
  void goesOnWithAFileWhoseServerWentAwayInItsMidst(SftpHost.Gone when) throws Exception {
    PgpMade scheme = PgpMade.key();
    PgpMade council = PgpMade.key();
    Path files = folder.resolve("server");
    try (SftpHost host = new SftpHost(files)) {
      Path base = files.resolve("referrals");
      Files.createDirectories(base.resolve("inbox"));
      List<Path> ofCouncil = List.of(council.writePublic(folder.resolve("council.asc")));
      serve(
          sftp(host, host.writeKnownHosts(folder.resolve("known_hosts")), ofCouncil),
          WexcombeCouncil.settings(
              folder,
              scheme.writeSecret(folder.resolve("scheme.asc")),
              Files.writeString(folder.resolve("passphrase"), PgpMade.passphrase())));
      host.goAway(when);
      byte[] rows = manyRows(1_600).getBytes(StandardCharsets.UTF_8);

      put(base, "many.csv.pgp", PgpMade.Sealing.well(scheme, council).inLayers(0).seal(rows));

      await().atMost(LONG).until(host::isGone);
      assertThat(base.resolve("outbox/many.result.csv")).doesNotExist();
      host.startAgain();
      await().atMost(LONG).until(() -> Files.exists(base.resolve("outbox/many.result.csv")));
      assertThat(Files.readAllLines(base.resolve("outbox/many.result.csv")))
          .hasSize(1_601)
          .filteredOn(line -> line.endsWith(",accepted,,"))
          .hasSize(1_600);
      assertThat(store.stored).hasSize(1_600);
      awaitFiles(base, "working");
      await().atMost(LONG).until(() -> files(base, "archive").size() == 1);
    }
  }

  private static String manyRows(int rows) {
    StringBuilder text = new StringBuilder("reference,person_id,family_name,consent\n");
    for (int row = 0; row < rows; row++) {
      text.append("WX-").append(row).append(",4").append(row).append(",Tolliver,yes\n");
    }
    return text.toString();
  }

  @Test
  void doesNotSpeakToAServerWithAnotherKey() throws Exception {
    Path files = folder.resolve("server");
    try (SftpHost host = new SftpHost(files)) {
      Path base = files.resolve("referrals");
      Files.createDirectories(base.resolve("inbox"));
      put(base, "first.csv", REFERRAL);

      serve(sftp(host, host.writeSomebodyElsesHosts(folder.resolve("known_hosts"))));

      await().during(Duration.ofSeconds(3)).until(() -> files(base, "inbox").size() == 1);
      assertThat(store.stored).isEmpty();
    }
  }

  private FileSettings sftp(SftpHost host, Path knownHosts) throws IOException {
    return sftp(host, knownHosts, List.of());
  }

  private FileSettings sftp(SftpHost host, Path knownHosts, List<Path> pgpKeys) throws IOException {
    return new FileSettings(
        null,
        new Sftp(
            "localhost",
            host.port(),
            "fingerpost",
            "referrals",
            host.writeUserKey(folder.resolve("user_key")),
            null,
            knownHosts),
        FileSettings.Charset.UTF_8,
        ",",
        "yyyy-MM-dd",
        Map.of(),
        Map.of(),
        pgpKeys);
  }

  private Path serveFolder(String name) throws Exception {
    Path base = folder.resolve(name);
    serve(
        new FileSettings(
            base,
            null,
            FileSettings.Charset.UTF_8,
            ",",
            "yyyy-MM-dd",
            Map.of(),
            Map.of(),
            List.of()));
    return base;
  }

  private void serve(FileSettings files) throws Exception {
    serve(files, WexcombeCouncil.settings(folder));
  }

  private void serve(FileSettings files, CouncilSettings settings) throws Exception {
    CouncilFolder council = CouncilFolder.of("demo-council", "Z9C01", files, settings);
    council.make();
    Clock clock = Clock.systemUTC();
    CamelContext context = new DefaultCamelContext();
    context.addRoutes(
        new CouncilRoute(
            council,
            new CouncilReception(store, store, settings, workers, clock),
            settings,
            PgpKeys.read(settings, files.pgpKeys()),
            new CouncilRoute.Turns(turn(clock), turn(clock), clock)));
    context.start();
    camel = context;
  }

  private CouncilTurn turn(Clock clock) {
    return new CouncilTurn(
        new CouncilTurn.Lock() {
          @Override
          public boolean take() {
            return !othersTurn.get();
          }

          @Override
          public void giveBack() {}
        },
        clock);
  }

  /** As a careful sender puts it: whole at once. */
  private static void put(Path base, String name, String text) throws IOException {
    put(base, name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(Path base, String name, byte[] content) throws IOException {
    Path written = Files.write(base.resolve("inbox/.being-written"), content);
    Files.move(written, base.resolve("inbox").resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void awaitResult(Path base, String name, String text) {
    Path result = base.resolve("outbox").resolve(name);
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(Files.readString(result)).isEqualTo(text));
  }

  private static void awaitFiles(Path base, String of, String... names) {
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(files(base, of)).containsExactlyInAnyOrder(names));
  }

  private static List<String> files(Path base, String of) throws IOException {
    try (Stream<Path> files = Files.list(base.resolve(of))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
