package io.fingerpost.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Messages spoilt at random come by every door of the running program: each is answered, with
 * nothing of the program or the person in the answer, is kept once, and is finished with. What
 * translators make of many more of them, the tests of {@code routes} try without a server.
 *
 * <p>{@code -Dfuzz.doors=2000} tries more, {@code -Dfuzz.seed=} the same again.
 */
@OneServer
class SpoiltAtTheDoorIT {

  private static final Logger log = LoggerFactory.getLogger(SpoiltAtTheDoorIT.class);
  private static final int TRIES = Integer.getInteger("fuzz.doors", 40);

  private static final List<String> OURS =
      List.of("Exception", "StackOverflow", "\tat ", "io.fingerpost", "org.hl7", "java.", "SQL");

  private static final List<String> ODD =
      List.of(
          "\u0000",
          "\\u0000",
          "\\ud800",
          "\\udc00x",
          "\ufeff",
          "\uffff",
          "\u202e",
          "\ud83d\ude00",
          "\u0300".repeat(300),
          "\"",
          "\\",
          "'",
          "\\X00\\",
          "\\X0D4D5348\\",
          "\\E",
          "|",
          "^",
          "&",
          "\r",
          "\rPID|",
          "{",
          "[".repeat(3_000),
          "{\"a\":".repeat(3_000),
          "^".repeat(3_000),
          "&".repeat(3_000),
          "x".repeat(100_000),
          "9".repeat(1_000),
          "-1",
          "1e999999999",
          "20260230",
          "9999-99-99",
          "null",
          "urn:uuid:",
          "${jndi:ldap://x}",
          "%s%n");

  private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Instant begun = Instant.now();
  private final JdbcTemplate database;

  @Autowired
  SpoiltAtTheDoorIT(JdbcTemplate database) {
    this.database = database;
    log.info("fuzz.seed={} fuzz.doors={}", seed, TRIES);
  }

  @Test
  void isAcknowledgedToAHospital() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      byte[] message =
          neverSent(() -> withoutFrames(spoilt(Hl7.referral(Hl7.newControlId(), Person.next()))));
      String answer = answer(message);

      assertThat(answer)
          .as("%s, number %d: %s", seed, i, answer)
          .matches("(?s)MSH\\|.*\rMSA\\|[AC][AER]\\|.*");
      requireDiscretion(withoutTheSendersOwn(answer));
      assertThat(answer).doesNotContain("TEMPORARILY_FAILED");
      assertThat(rows(message))
          .as("%s, number %d: %s", seed, i, answer)
          .isEqualTo(answer.contains("MESSAGE_ID_REUSED") ? 0 : 1);
    }
    requireNothingLeftOver();
  }

  @Test
  void isAnsweredToASurgery() {
    knock(Wexcombe.GP, "/fhir/$process-message", "application/fhir+json", Door.GP);
  }

  @Test
  void isAnsweredToALandlord() {
    knock(Wexcombe.LANDLORD, "/housing/referrals", "application/json", Door.LANDLORD);
  }

  @Test
  void isAnsweredToAWebForm() {
    knock(Wexcombe.FORM, "/fhir/QuestionnaireResponse/$refer", "application/fhir+json", Door.FORM);
  }

  /** What comes by which door. */
  private enum Door {
    GP {
      @Override
      String message(Person person) {
        return new GpMessage(person).text();
      }
    },
    LANDLORD {
      @Override
      String message(Person person) {
        return new HousingReferral(person).text();
      }
    },
    FORM {
      @Override
      String message(Person person) {
        return new ReferralForm(person).text();
      }
    };

    abstract String message(Person person);
  }

  private void knock(ApiClient client, String path, String type, Door door) {
    for (int i = 0; i < TRIES; i++) {
      byte[] message = neverSent(() -> spoilt(door.message(Person.next())));
      String id = UUID.randomUUID().toString();
      Answer answer =
          ApiClient.send(
              HttpRequest.newBuilder(URI.create(Wexcombe.SERVER + path))
                  .timeout(Duration.ofSeconds(90))
                  .header("Authorization", "Bearer " + client.token())
                  .header("Content-Type", type)
                  .header("X-Request-Id", id)
                  .header("X-Correlation-Id", id)
                  .POST(BodyPublishers.ofByteArray(message))
                  .build());

      String which = "%s, %s number %d: %s".formatted(seed, door, i, answer.body());
      assertThat(answer.status()).as(which).isBetween(200, 499);
      assertThat(answer.json().isObject()).as(which).isTrue();
      if (answer.status() >= 400) {
        requireDiscretion(answer.body());
        assertThat(answer.body()).as(which).containsPattern("\"code\"\\s*:\\s*\"[A-Z_]{5,}\"");
        assertThat(rows(message)).as(which).isLessThanOrEqualTo(1);
      } else {
        assertThat(rows(message)).as(which).isEqualTo(1);
      }
    }
    requireNothingLeftOver();
  }

  private String answer(byte[] message) throws IOException {
    try (MllpConnection connection = MllpConnection.to(Wexcombe.MLLP_PORT)) {
      byte[] frame = new byte[message.length + 3];
      frame[0] = 0x0b;
      System.arraycopy(message, 0, frame, 1, message.length);
      frame[message.length + 1] = 0x1c;
      frame[message.length + 2] = '\r';
      connection.write(frame);
      return connection.receive();
    }
  }

  /** Cut down to a character or two, one message may be another again: its rows say nothing. */
  private byte[] neverSent(Supplier<byte[]> messages) {
    byte[] message = messages.get();
    while (rows(message) > 0) {
      message = messages.get();
    }
    return message;
  }

  private byte[] spoilt(String good) {
    // A character for each byte.
    String text = latin(good);
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + 1 + random.nextInt(60));
      String before = text.substring(0, from);
      String odd = latin(ODD.get(random.nextInt(ODD.size())));
      text =
          switch (random.nextInt(7)) {
            case 0 -> before + (char) random.nextInt(256) + text.substring(to);
            case 1 -> before + text.substring(to);
            case 2 -> text.substring(0, to) + text.substring(from);
            case 3 -> before;
            case 4 -> before + odd + text.substring(to);
            default -> before + odd + text.substring(from);
          };
    }
    return text.getBytes(ISO_8859_1);
  }

  /** UTF-8, a character for each byte. */
  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  /** Frames are another matter: here each message is one. */
  private static byte[] withoutFrames(byte[] message) {
    for (int i = 0; i < message.length; i++) {
      if (message[i] == 0x0b || message[i] == 0x1c) {
        message[i] = '?';
      }
    }
    return message;
  }

  /** The header is turned round, and the id given back. */
  private static String withoutTheSendersOwn(String answer) {
    return answer.replaceAll("(^|\r)(MSH|BHS|FHS)[^\r]*", "").replaceAll("MSA\\|..\\|[^|\r]*", "");
  }

  private static void requireDiscretion(String answer) {
    assertThat(OURS.stream().filter(answer::contains)).isEmpty();
    assertThat(Person.MARKS.stream().filter(answer.toLowerCase(Locale.ROOT)::contains)).isEmpty();
  }

  private int rows(byte[] message) {
    try {
      Integer rows =
          database.queryForObject(
              "select count(*) from fingerpost.message where body_sha256 = ?",
              Integer.class,
              (Object) MessageDigest.getInstance("SHA-256").digest(message));
      return rows == null ? 0 : rows;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each is stored, held or refused: none comes back to be tried again. */
  private void requireNothingLeftOver() {
    assertThat(
            database.queryForObject(
                "select count(*) from fingerpost.message"
                    + " where received_at >= ? and state in ('received', 'failed')",
                Integer.class,
                Timestamp.from(begun)))
        .isZero();
  }
}
