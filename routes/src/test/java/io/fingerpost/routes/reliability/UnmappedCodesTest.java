package io.fingerpost.routes.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.groups.Tuple.tuple;

import io.fingerpost.routes.reliability.UnmappedCodeTable.UnmappedCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class UnmappedCodesTest {

  private static final Instant MORNING = Instant.parse("2026-03-03T08:00:00Z");
  private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");
  private static final String SEX = "http://terminology.hl7.org/CodeSystem/v2-0001";

  private static final EmbeddedPostgres POSTGRES = start();
  private static final JdbcClient JDBC = JdbcClient.create(POSTGRES.getPostgresDatabase());

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final UnmappedCodeTable table = new UnmappedCodeTable(JDBC);

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void migrate() throws IOException {
    JDBC.sql("create schema fingerpost").update();
    try (InputStream sql =
        UnmappedCodesTest.class.getResourceAsStream("/db/migration/V3__unmapped_code.sql")) {
      JDBC.sql(new String(sql.readAllBytes(), StandardCharsets.UTF_8)).update();
    }
  }

  @AfterAll
  static void stop() throws IOException {
    POSTGRES.close();
  }

  @BeforeEach
  void empty() {
    JDBC.sql("delete from fingerpost.unmapped_code").update();
  }

  @Test
  void listsACodeWithHowOftenAndWhenItCame() {
    UnmappedCodes morning = at(MORNING);
    settle(morning, "Z9H01", "Q");
    settle(morning, "Z9H01", "Q");
    morning.write();
    UnmappedCodes noon = at(NOON);
    settle(noon, "Z9H01", "Q");
    settle(noon, "Z9H02", "Q");
    noon.write();

    assertThat(table.mostOften(10))
        .containsExactly(
            new UnmappedCode("hl7v2-sex", SEX, "Q", "Z9H01", 3, MORNING, NOON),
            new UnmappedCode("hl7v2-sex", SEX, "Q", "Z9H02", 1, NOON, NOON));
    assertThat(counted()).isEqualTo(4);
  }

  @Test
  void countsACodeOnceForAMessageThatIsTranslatedSeveralTimes() {
    UnmappedCodes codes = at(NOON);

    codes.during(
        "Z9H01",
        () -> {
          codes.notice("hl7v2-sex", SEX, "Q");
          codes.notice("hl7v2-sex", SEX, "Q");
          return true;
        },
        settled -> settled);
    codes.write();

    assertThat(table.all()).extracting(UnmappedCode::count).containsExactly(1L);
  }

  @Test
  void countsNothingForAMessageThatIsNotSettled() {
    UnmappedCodes codes = at(NOON);

    codes.during("Z9H01", () -> notice(codes, "Q"), settled -> false);
    Throwable thrown =
        catchThrowable(
            () ->
                codes.during(
                    "Z9H01",
                    () -> {
                      notice(codes, "Q");
                      throw new IllegalStateException("gone");
                    },
                    settled -> true));
    settle(codes, "Z9H01", "R");
    codes.write();

    assertThat(thrown).hasMessage("gone");
    assertThat(table.all()).extracting(UnmappedCode::code).containsExactly("R");
    assertThat(counted()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "prefers not to say",
        "9990000018",
        "19480312",
        "lives-with-her-sister",
        "Zoë",
        "a@b"
      })
  void countsButNeverNamesWhatDoesNotLookLikeACode(String text) {
    UnmappedCodes codes = at(NOON);
    settle(codes, "Z9H01", text);
    codes.write();

    assertThat(table.all()).isEmpty();
    assertThat(counted()).isEqualTo(1);
  }

  @Test
  void keepsWhatItCouldNotWriteForTheNextTime() {
    UnmappedCodes codes = at(NOON);
    settle(codes, "Z9H01", "Q");
    JDBC.sql("alter table fingerpost.unmapped_code rename to away").update();
    codes.write();
    settle(codes, "Z9H01", "Q");
    JDBC.sql("alter table fingerpost.away rename to unmapped_code").update();
    codes.write();
    codes.write();

    assertThat(table.all()).extracting(UnmappedCode::count).containsExactly(2L);
  }

  @ParameterizedTest(name = "{0} codes of {1} senders make {2} rows")
  @CsvSource({"150, 2, 300", "300, 1, 200", "300, 2, 400"})
  void neverGrowsWithoutEnd(int kinds, int senders, int rows) {
    UnmappedCodes codes = at(NOON);
    for (int sender = 0; sender < senders; sender++) {
      for (int kind = 0; kind < kinds; kind++) {
        settle(codes, "Z9H0" + sender, "K" + kind);
      }
    }
    codes.write();

    assertThat(table.all()).hasSize(rows);
  }

  @Test
  void countsOnAfterTheListIsFull() {
    neverGrowsWithoutEnd(200, 1, 200);
    UnmappedCodes codes = at(NOON);
    settle(codes, "Z9H00", "K7");
    settle(codes, "Z9H00", "NEW");
    codes.write();

    assertThat(table.mostOften(1))
        .extracting(UnmappedCode::code, UnmappedCode::count)
        .containsExactly(tuple("K7", 2L));
    assertThat(table.all()).extracting(UnmappedCode::code).doesNotContain("NEW");
  }

  @Test
  void forgetsWhatIsMappedNow() {
    UnmappedCodes codes = at(NOON);
    settle(codes, "Z9H01", "Q");
    settle(codes, "Z9H01", "R");
    codes.write();

    table.forget(table.all().stream().filter(seen -> seen.code().equals("Q")).findFirst().get());

    assertThat(table.all()).extracting(UnmappedCode::code).containsExactly("R");
  }

  private UnmappedCodes at(Instant now) {
    return new UnmappedCodes(table, meters, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static void settle(UnmappedCodes codes, String sender, String code) {
    codes.during(sender, () -> notice(codes, code), settled -> settled);
  }

  private static boolean notice(UnmappedCodes codes, String code) {
    codes.notice("hl7v2-sex", SEX, code);
    return true;
  }

  private double counted() {
    return meters.get("fingerpost.codes.unmapped").tag("map", "hl7v2-sex").counter().count();
  }
}
