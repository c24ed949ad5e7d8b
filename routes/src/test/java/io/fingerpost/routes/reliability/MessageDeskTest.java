package io.fingerpost.routes.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.fingerpost.routes.reliability.MessageDesk.Key;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.transaction.support.TransactionTemplate;

/** What operators do, and whoever works on the messages at the same time. */
class MessageDeskTest {

  private static final Instant MORNING = Instant.parse("2026-03-03T08:00:00Z");
  private static final byte[] SENT = "as it was sent".getBytes(StandardCharsets.UTF_8);
  private static final byte[] MENDED = "as it was mended".getBytes(StandardCharsets.UTF_8);
  private static final By OPERATOR = new By("operations", "the NHS number was mistyped", MORNING);
  private static final Refusal WRONG = new Refusal("FIELD_INVALID", "PID-3", "Mend it.");

  private static final EmbeddedPostgres POSTGRES = start();
  private static final HikariDataSource POOL = pool();
  private static final JdbcClient JDBC = JdbcClient.create(POOL);
  private static final TransactionTemplate COMMITTED =
      new TransactionTemplate(new DataSourceTransactionManager(POOL));

  private final BytesEncryptor encryptor = new AesBytesEncryptor("a key", "5c0744940b5c369b");
  private final MessageLog log = new MessageLog(JDBC, encryptor);
  private final MessageDesk desk = new MessageDesk(JDBC, encryptor);

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HikariDataSource pool() {
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(POSTGRES.getPostgresDatabase());
    return pool;
  }

  @BeforeAll
  static void migrate() throws IOException {
    JDBC.sql("create schema fingerpost").update();
    for (String name : List.of("V2__message_log", "V50__newest_message", "V100__operator")) {
      try (InputStream sql =
          MessageDeskTest.class.getResourceAsStream("/db/migration/" + name + ".sql")) {
        JDBC.sql(new String(sql.readAllBytes(), StandardCharsets.UTF_8)).update();
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    POOL.close();
    POSTGRES.close();
  }

  @BeforeEach
  void empty() {
    JDBC.sql("truncate fingerpost.message").update();
  }

  @Test
  void listsTheNewestFirstPageByPage() {
    List<UUID> kept = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      // Two of one instant: the id says where the page ends.
      kept.add(0, received("M" + i, MORNING.plusSeconds(i / 2)));
    }

    List<UUID> listed = new ArrayList<>();
    Key after = null;
    while (listed.size() < 5) {
      List<MessageSummary> page = desk.list(Selection.ALL, null, null, after, 2);
      assertThat(page).isNotEmpty().hasSizeLessThanOrEqualTo(2);
      page.forEach(message -> listed.add(message.id()));
      MessageSummary last = page.get(page.size() - 1);
      after = new Key(last.receivedAt(), last.id());
    }

    assertThat(listed).containsExactlyInAnyOrderElementsOf(kept).doesNotHaveDuplicates();
    assertThat(listed.get(0)).isEqualTo(kept.get(0));
    assertThat(desk.list(Selection.ALL, null, null, after, 2)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "failed, Z9H01, hospital-hl7v2, 2026-03-03T08:00:00Z, 2026-03-03T08:00:01Z, 1",
    ", , , , , 1",
    "stored, , , , , 0",
    ", Z9H02, , , , 0",
    ", , gp-fhir, , , 0",
    ", , , 2026-03-03T08:00:00.001Z, , 0",
    ", , , , 2026-03-03T08:00:00Z, 0"
  })
  void listsWhatIsAskedFor(
      String state, String sender, String channel, Instant since, Instant until, int found) {
    failed("M1");

    assertThat(desk.list(new Selection(null, sender, since, until), state, channel, null, 9))
        .hasSize(found);
  }

  @Test
  void keepsTheEditedBodyBesideAnOriginalThatStaysAsItWas() {
    UUID original = refused("M1");
    MessageSummary before = desk.find(original).orElseThrow();

    UUID edited = desk.edit(original, MENDED, OPERATOR);

    assertThat(desk.body(original)).isEqualTo(SENT);
    assertThat(desk.body(edited)).isEqualTo(MENDED);
    assertThat(desk.find(original).orElseThrow())
        .usingRecursiveComparison()
        .ignoringFields("edits")
        .isEqualTo(before);
    assertThat(desk.editsOf(original)).containsExactly(edited);
    MessageSummary known = desk.find(edited).orElseThrow();
    assertThat(known.editedFrom()).isEqualTo(original);
    assertThat(known.edited()).isEqualTo(OPERATOR);
    assertThat(known.messageId()).as("the sender's own").isEqualTo("M1");
    assertThat(bodyAsKept(edited)).isNotEqualTo(MENDED);
    assertThat(log.find("Z9H01", "M1").orElseThrow().message().id())
        .as("what the sender repeats")
        .isEqualTo(original);
  }

  /** What has to wait, waits for its time; a clock set back would have it wait for longer. */
  @Test
  void hasWorkedOnWhatAClockHadPutOffThatWasSetBackSince() {
    UUID waiting = received("M1", MORNING.plus(MessageLog.LONGEST_WAIT));
    assertThat(log.takeDue(MORNING, MORNING.plusSeconds(30), 10)).isEmpty();

    assertThat(log.takeDue(MORNING.minusSeconds(31), MORNING.minusSeconds(1), 10))
        .singleElement()
        .extracting(entry -> entry.message().id())
        .isEqualTo(waiting);
    assertThat(log.takeDue(MORNING.minusSeconds(30), MORNING, 10)).as("leased").isEmpty();
  }

  @Test
  void hasTheEditedOneWorkedOnUnderTheSendersOwnId() {
    UUID edited = desk.edit(refused("M1"), MENDED, OPERATOR);

    List<LogEntry> due = log.takeDue(MORNING, MORNING.plusSeconds(30), 10);

    assertThat(due)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.message().id()).isEqualTo(edited);
              assertThat(entry.message().sender()).isEqualTo("Z9H01");
              assertThat(entry.message().messageId()).isEqualTo("M1");
              assertThat(entry.message().receivedAt()).isEqualTo(MORNING);
              assertThat(entry.message().body()).isEqualTo(MENDED);
            });
  }

  @Test
  void refusesTheEditedOneWhenTheOriginalWasStoredMeanwhile() {
    UUID original = failed("M1");
    UUID edited = desk.edit(original, MENDED, OPERATOR);
    // As by a node that had gone past the lock before the edit.
    JDBC.sql("update fingerpost.message set state = 'stored' where id = ?")
        .params(original)
        .update();

    LogEntry settled = lock(edited).orElseThrow();

    assertThat(settled.state()).isEqualTo(LogEntry.State.REFUSED);
    assertThat(settled.refusal()).extracting(Refusal::code).isEqualTo("MESSAGE_STORED_BEFORE");
  }

  @Test
  void answersForTheOriginalWithWhatWasStoredOfItsEdit() {
    UUID original = failed("M1");
    UUID edited = desk.edit(original, MENDED, OPERATOR);
    assertThat(lock(original)).get().extracting(LogEntry::state).isEqualTo(LogEntry.State.FAILED);

    assertThat(lock(edited)).isEmpty();
    log.markStored(edited, "ServiceRequest/1", null, MORNING);

    LogEntry settled = lock(original).orElseThrow();
    assertThat(settled.state()).isEqualTo(LogEntry.State.STORED);
    assertThat(settled.reference()).isEqualTo("ServiceRequest/1");
    assertThat(desk.find(original).orElseThrow().state()).as("as it was").isEqualTo("failed");
    assertThat(log.replay(Selection.ALL, MORNING)).isEmpty();
    assertThat(log.takeDue(MORNING.plus(Duration.ofDays(1)), MORNING, 10)).isEmpty();
  }

  @Test
  void letsTheOriginalBeReplayedOnceItsEditIsRefused() {
    UUID original = failed("M1");
    UUID edited = desk.edit(original, MENDED, OPERATOR);
    assertThat(log.replay(Selection.ALL, MORNING)).isEmpty();

    log.markRefused(edited, WRONG, MORNING);

    assertThat(log.replay(Selection.ALL, MORNING)).containsExactly(original);
    assertThat(lock(original)).isEmpty();
  }

  @Test
  void storesOneOfAFamilyWhateverTheProgramDoes() {
    UUID original = refused("M1");
    UUID edited = desk.edit(original, MENDED, OPERATOR);
    log.markStored(edited, "ServiceRequest/1", null, MORNING);

    assertThatThrownBy(() -> log.markStored(original, "ServiceRequest/2", null, MORNING))
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "stored, MESSAGE_STORED", "received, MESSAGE_IN_WORK",
    "held, MESSAGE_HELD", "discarded, MESSAGE_DISCARDED"
  })
  void editsOnlyWhatIsRefusedOrFailed(String state, DeskRefused.Code code) {
    UUID id = received("M1", MORNING);
    JDBC.sql(
            "update fingerpost.message set state = ?, discarded_by = 'x', discarded_reason = 'x',"
                + " discarded_at = now() where id = ?")
        .params(state, id)
        .update();

    assertThatThrownBy(() -> desk.edit(id, MENDED, OPERATOR))
        .isInstanceOfSatisfying(
            DeskRefused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    assertThat(desk.editsOf(id)).isEmpty();
  }

  @Test
  void editsNothingWhileAnotherEditIsWorkedOnOrStored() {
    UUID original = refused("M1");
    UUID edited = desk.edit(original, MENDED, OPERATOR);
    assertThatThrownBy(() -> desk.edit(original, MENDED, OPERATOR)).hasMessage("MESSAGE_IN_WORK");

    log.markRefused(edited, WRONG, MORNING);
    UUID again = desk.edit(edited, SENT, OPERATOR);
    assertThat(desk.find(again).orElseThrow().editedFrom()).isEqualTo(original);

    log.markStored(again, "ServiceRequest/1", null, MORNING);
    assertThatThrownBy(() -> desk.edit(original, MENDED, OPERATOR)).hasMessage("MESSAGE_STORED");
    assertThatThrownBy(() -> desk.edit(edited, MENDED, OPERATOR)).hasMessage("MESSAGE_STORED");
  }

  @Test
  void editsNothingOfASenderNobodyKnows() {
    UUID id = UUID.randomUUID();
    log.keepRefused(
        new KeptMessage(id, "unknown", "sha256:00", "hospital-hl7v2", MORNING, SENT), WRONG);

    assertThatThrownBy(() -> desk.edit(id, MENDED, OPERATOR)).hasMessage("MESSAGE_OF_NOBODY");
  }

  @Test
  void discardsForGoodAndKeepsWhatIsDiscarded() {
    UUID failed = failed("M1");
    UUID refused = refused("M2");

    desk.discard(failed, OPERATOR);
    desk.discard(refused, OPERATOR);

    assertThat(lock(failed)).isPresent();
    assertThat(log.replay(Selection.ALL, MORNING)).isEmpty();
    assertThat(log.takeDue(MORNING.plus(Duration.ofDays(9)), MORNING, 10)).isEmpty();
    assertThat(desk.body(failed)).isEqualTo(SENT);
    assertThat(desk.find(failed).orElseThrow().discarded()).isEqualTo(OPERATOR);
    assertThat(desk.find(failed).orElseThrow().refusal())
        .as("what the sender hears")
        .extracting(Refusal::code)
        .isEqualTo("MESSAGE_DISCARDED");
    assertThat(desk.find(refused).orElseThrow().refusal()).as("the first answer").isEqualTo(WRONG);
    assertThatThrownBy(() -> desk.discard(failed, OPERATOR)).hasMessage("MESSAGE_DISCARDED");
  }

  @Test
  void discardsAndReplaysBySenderAndTime() {
    UUID early = failed("M1");
    UUID late = failed("M2");
    JDBC.sql("update fingerpost.message set received_at = ? where id = ?")
        .params(Timestamp.from(MORNING.plusSeconds(60)), late)
        .update();
    Instant between = MORNING.plusSeconds(30);

    assertThat(log.replay(new Selection(null, null, between, null), MORNING)).containsExactly(late);
    assertThat(log.replay(new Selection(null, "Z9H01", null, between), MORNING))
        .containsExactly(early);
    assertThat(log.replay(new Selection(null, "Z9H02", null, null), MORNING)).isEmpty();
    assertThat(desk.discardFailed(new Selection(null, "Z9H02", null, null), OPERATOR)).isEmpty();
    assertThat(desk.discardFailed(new Selection(null, null, null, between), OPERATOR))
        .containsExactly(early);
    assertThat(desk.find(late).orElseThrow().state()).isEqualTo("failed");
  }

  @Test
  void tellsThatABodyIsErasedOrWasNeverKept() {
    UUID id = refused("M1");
    log.erase(Duration.ZERO, MORNING.plusSeconds(1));

    assertThatThrownBy(() -> desk.body(id)).hasMessage("MESSAGE_ERASED");
    assertThatThrownBy(() -> desk.body(UUID.randomUUID())).hasMessage("MESSAGE_NOT_KEPT");
    assertThat(desk.find(id).orElseThrow().bodyKept()).isFalse();
  }

  @Test
  void waitsForWhoeverWorksOnTheMessage() throws Exception {
    UUID original = failed("M1");
    CountDownLatch stored = new CountDownLatch(1);
    CompletableFuture<Void> working =
        CompletableFuture.runAsync(
            () ->
                COMMITTED.executeWithoutResult(
                    status -> {
                      assertThat(log.lockUnlessSettled(original, MORNING)).isEmpty();
                      stored.countDown();
                      awaitSomebodyWaiting();
                      log.markStored(original, "ServiceRequest/1", null, MORNING);
                    }));
    assertThat(stored.await(30, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(
            () -> COMMITTED.executeWithoutResult(status -> desk.edit(original, MENDED, OPERATOR)))
        .hasMessage("MESSAGE_STORED");

    working.join();
    assertThat(desk.editsOf(original)).isEmpty();
  }

  @Test
  void isSeenByWhoeverWaitedForItsLock() {
    UUID original = failed("M1");
    CompletableFuture<Boolean> working =
        COMMITTED.execute(
            status -> {
              desk.edit(original, MENDED, OPERATOR);
              CompletableFuture<Boolean> waiting =
                  CompletableFuture.supplyAsync(() -> lock(original).isPresent());
              awaitSomebodyWaiting();
              return waiting;
            });

    assertThat(working.join()).as("the edited one is worked on instead").isTrue();
  }

  /** Nodes that work and operators that edit, all at once: no deadlock, and one is stored. */
  @Test
  void storesOneAtMostWhenAllWorkAtOnce() {
    UUID original = failed("M1");
    UUID first = desk.edit(original, MENDED, OPERATOR);
    log.markFailed(first, MORNING);

    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(CompletableFuture.runAsync(() -> work(original)));
      all.add(CompletableFuture.runAsync(() -> work(first)));
      all.add(
          CompletableFuture.runAsync(
              () -> COMMITTED.executeWithoutResult(status -> desk.edit(first, SENT, OPERATOR))));
    }
    for (CompletableFuture<Void> each : all) {
      try {
        each.join();
      } catch (CompletionException refused) {
        assertThat(refused).hasCauseInstanceOf(DeskRefused.class);
      }
    }
    desk.editsOf(original).forEach(this::work);

    assertThat(
            JDBC.sql("select count(*) from fingerpost.message where state = 'stored'")
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  private void work(UUID id) {
    COMMITTED.executeWithoutResult(
        status -> {
          if (log.lockUnlessSettled(id, MORNING).isEmpty()) {
            log.markStored(id, "ServiceRequest/" + id, null, MORNING);
          }
        });
  }

  private static void awaitSomebodyWaiting() {
    JdbcClient outside = JdbcClient.create(POSTGRES.getPostgresDatabase());
    Awaitility.await()
        .until(
            () ->
                outside
                        .sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                        .query(Integer.class)
                        .single()
                    > 0);
  }

  private Optional<LogEntry> lock(UUID id) {
    return COMMITTED.execute(status -> log.lockUnlessSettled(id, MORNING));
  }

  private UUID received(String messageId, Instant at) {
    UUID id = UUID.randomUUID();
    log.keep(new KeptMessage(id, "Z9H01", messageId, "hospital-hl7v2", at, SENT), at);
    return id;
  }

  private UUID failed(String messageId) {
    UUID id = received(messageId, MORNING);
    log.markFailed(id, null);
    return id;
  }

  private UUID refused(String messageId) {
    UUID id = received(messageId, MORNING);
    log.markRefused(id, WRONG, MORNING);
    return id;
  }

  private byte[] bodyAsKept(UUID id) {
    return JDBC.sql("select body from fingerpost.message where id = ?")
        .params(id)
        .query((row, number) -> row.getBytes("body"))
        .single();
  }
}
