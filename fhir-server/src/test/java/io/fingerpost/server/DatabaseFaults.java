package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database fails in the midst of a stream of referrals, and the program goes on without being
 * started again: PostgreSQL stands still, is stopped and started, has no room on its disk. {@code
 * -Dfault.seconds=30} says for how long.
 *
 * <p>A full disk is feigned by what PostgreSQL says when it has one; {@code -Dfault.disk=} names a
 * directory on a small disk (a tmpfs of 1 GB) on which the database is kept, to fill it.
 */
final class DatabaseFaults implements PartAcrossKills {

  private static final int SECONDS = Integer.getInteger("fault.seconds", 2);
  private static final @Nullable String SMALL_DISK = System.getProperty("fault.disk");
  private static final Logger log = LoggerFactory.getLogger(DatabaseFaults.class);
  private static final int IMPATIENCE = 13;
  private static final int EACH = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Where a disk may be full: before a message is kept, and before anything of it is stored. */
  private static final String MESSAGES = "fingerpost.message";

  private static final List<String> TABLES = List.of(MESSAGES, "public.hfj_resource");

  private final Program at;
  private final Killable program;
  private final int afterKill;
  private final Person person = Person.next();
  private int stored;

  /**
   * @param afterKill after which of them the program is to go on
   */
  DatabaseFaults(Program at, Killable program, int afterKill) {
    this.at = at;
    this.program = program;
    this.afterKill = afterKill;
  }

  /** What is done to the database, and how it is undone. */
  private interface Fault {
    void begin() throws Exception;

    void end() throws Exception;
  }

  @Override
  public void up(int kill) throws Exception {
    if (kill != afterKill) {
      return;
    }
    inTheMidstOfAStream(
        new Fault() {
          @Override
          public void begin() throws Exception {
            program.signalPostgres("STOP");
          }

          @Override
          public void end() throws Exception {
            program.signalPostgres("CONT");
          }
        });
    inTheMidstOfAStream(
        new Fault() {
          @Override
          public void begin() throws Exception {
            program.stopPostgres();
          }

          @Override
          public void end() throws Exception {
            program.startPostgres();
          }
        });
    for (String table : TABLES) {
      inTheMidstOfAStream(new FeignedFullDisk(table));
    }
    if (SMALL_DISK != null) {
      inTheMidstOfAStream(new FullDisk(Path.of(SMALL_DISK)));
    }
  }

  /** Has the program keep its database on a small disk, where there is one. */
  static void useSmallDisk(Path data) throws IOException {
    if (SMALL_DISK != null) {
      Files.createDirectories(data);
      Path there = Files.createTempDirectory(Path.of(SMALL_DISK), "postgres");
      Files.createSymbolicLink(data.resolve("postgres"), there);
    }
  }

  /** PostgreSQL says what it says when there is no room. */
  private final class FeignedFullDisk implements Fault {
    private final String table;
    private final Referring referring = new Referring();

    FeignedFullDisk(String table) {
      this.table = table;
    }

    @Override
    public void begin() throws IOException, SQLException {
      try (Bystander bystander = Bystander.in(at.data())) {
        bystander.run(
            """
            create or replace function public.full_disk() returns trigger language plpgsql as
            $$ begin raise exception 'no space left' using errcode = 'disk_full'; end $$
            """);
        bystander.run(
            "create trigger full_disk before insert or update on "
                + table
                + " for each row execute function public.full_disk()");
      }
      referring.isToldToComeAgain();
    }

    @Override
    public void end() throws IOException, SQLException {
      try (Bystander bystander = Bystander.in(at.data())) {
        bystander.run("drop trigger full_disk on " + table);
      }
      if (!table.equals(MESSAGES)) {
        referring.isTakenUp();
      }
      referring.comesAgain();
    }
  }

  /** The disk PostgreSQL writes to is filled to its last byte. */
  private final class FullDisk implements Fault {
    private final Path ballast;

    FullDisk(Path disk) {
      this.ballast = disk.resolve("ballast");
    }

    @Override
    public void begin() throws IOException {
      for (int size = 1 << 20; size >= 1; size >>= 4) {
        try (OutputStream out =
            Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
          while (true) {
            out.write(new byte[size]);
          }
        } catch (IOException full) {
          assertThat(full).hasMessageContaining("space");
        }
      }
    }

    /** PostgreSQL gives up where it cannot write its own log: then it is started again. */
    @Override
    public void end() throws IOException {
      boolean gaveUp = !program.isPostgresUp();
      log.info("disk=full postgresql-gave-up={}", gaveUp);
      Files.delete(ballast);
      if (gaveUp) {
        program.startPostgres();
      }
    }
  }

  /** Two who refer while nothing can be stored, and again until it can. */
  private final class Referring {
    private final String id = "F" + Hl7.newControlId();
    private final String surgerys = new GpMessage(person).text();

    /** More often than the program itself would try. */
    void isToldToComeAgain() throws IOException {
      for (int time = 0; time < IMPATIENCE; time++) {
        isPutOff();
      }
    }

    private void isPutOff() throws IOException {
      Answer answer = referAsASurgery();
      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isNotEmpty();
      assertThat(answer.body()).doesNotContain("space", "SQL", "Exception");
      String told = referAsAHospital();
      assertThat(Hl7.code(told)).isNotEqualTo("AA");
      assertThat(told).contains("TEMPORARILY_FAILED").doesNotContain("space", "Exception");
    }

    /** Where it had been kept, it is taken up although nobody comes again. */
    void isTakenUp() {
      await().atMost(PATIENCE).until(() -> isStored(id));
    }

    void comesAgain() {
      await().atMost(PATIENCE).until(() -> Hl7.code(referAsAHospital()).equals("AA"));
      await().atMost(PATIENCE).until(() -> referAsASurgery().status() != 503);
      stored += 2;
    }

    private String referAsAHospital() throws IOException {
      return MllpConnection.answer(at.mllpPort(), Hl7.referral(id, person));
    }

    private Answer referAsASurgery() {
      String request = UUID.randomUUID().toString();
      return at.client("gp")
          .send(
              "POST",
              "/fhir/$process-message",
              surgerys,
              "X-Request-Id",
              request,
              "X-Correlation-Id",
              request);
    }
  }

  private void inTheMidstOfAStream(Fault fault) throws Exception {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      messages.add(Hl7.referral("F" + stored++, person));
    }
    AtomicInteger acknowledged = new AtomicInteger();
    ExecutorService sender = Executors.newSingleThreadExecutor();
    try {
      Future<Void> sending =
          sender.submit(new StubbornSender(at.mllpPort(), messages, acknowledged, () -> true));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> acknowledged.get() > 0);
      fault.begin();
      await()
          .during(Duration.ofSeconds(SECONDS))
          .atMost(Duration.ofSeconds(SECONDS + 1))
          .until(() -> acknowledged.get() < EACH);
      fault.end();
      sending.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } finally {
      sender.shutdownNow();
    }
  }

  private boolean isStored(String id) {
    String query = "identifier=https://fingerpost.io/Id/message|Z9H01/" + id;
    return !at.client("scheme").search(ServiceRequest.class, query).isEmpty();
  }

  @Override
  public void end() throws IOException, SQLException {
    assertThat(
            at.client("scheme")
                .search(ServiceRequest.class, "patient.identifier=" + person.identifier()))
        .as("each stored once")
        .hasSize(stored);
    try (Bystander watching = Bystander.in(at.data())) {
      assertThat(watching.ask("select state from fingerpost.message where state <> 'stored'"))
          .isEmpty();
    }
  }

  @Override
  public Map<String, Integer> stored() {
    return Map.of(
        "ServiceRequest",
        stored,
        "Task",
        stored,
        "Provenance",
        stored,
        "Consent",
        stored,
        "Patient",
        1);
  }
}
