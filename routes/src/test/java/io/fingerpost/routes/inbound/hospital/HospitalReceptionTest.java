package io.fingerpost.routes.inbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.partners.PartnerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HospitalReceptionTest {

  private final FakeIntake intake = new FakeIntake();
  private final HospitalReception reception =
      new HospitalReception(
          Aldhelm.PARTNERS,
          intake,
          Aldhelm.settings(2575),
          Clock.fixed(Aldhelm.NOW, ZoneOffset.UTC));

  @Test
  void hasAReferralReceivedInItsSendersName() {
    assertThat(answer(Aldhelm.referral("A1"))).contains("MSA|AA|A1");
    assertThat(intake.received).containsExactly("Z9H01/A1");
    assertThat(intake.refused).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REF^I12",
        "REF^I13",
        "REF^I14",
        "ORM^O01",
        "ORM",
        "ADT^A01",
        "ADT^A03",
        "ADT^A04",
        "ADT^A08",
        "ADT^A28",
        "ADT^A31",
        "ADT^A40^ADT_A39"
      })
  void takesEveryTypeOfThePage(String type) {
    assertThat(answer(Aldhelm.referral("A1", type, "P", "2.4"))).contains("MSA|AA|A1");
    assertThat(intake.received).containsExactly("Z9H01/A1");
  }

  @Test
  void answersEachMessageOfABatchAndTheBatch() {
    byte[] batch =
        bytes(
            "FHS|^~\\&|ALDHELM|Z9H01\rBHS|^~\\&|ALDHELM|Z9H01|FINGERPOST|Z9S01|20260303101500||||B7\r"
                + text(Aldhelm.referral("A1"))
                + text(Aldhelm.referral("A2", "ORU^R01", "P", "2.4"))
                + text(Aldhelm.referral("A3")).replace("P|2.5.1", "P|2.5.1|||NE|NE")
                + "BTS|3\rFTS|1\r");

    String answer = answer(batch);

    assertThat(answer.split("\r"))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("FHS|^~\\&|FINGERPOST|Z9S01|ALDHELM|Z9H01|"),
            line -> assertThat(line).matches("BHS.*\\|[0-9a-f]{20}\\|B7"),
            line -> assertThat(line).startsWith("MSH|"),
            line -> assertThat(line).isEqualTo("MSA|AA|A1"),
            line -> assertThat(line).startsWith("MSH|"),
            line -> assertThat(line).startsWith("MSA|AR|A2|TYPE_UNSUPPORTED"),
            line -> assertThat(line).startsWith("ERR|"),
            line -> assertThat(line).isEqualTo("BTS|2"),
            line -> assertThat(line).isEqualTo("FTS|1"));
    assertThat(intake.received).containsExactly("Z9H01/A1", "Z9H01/A3");
  }

  @Test
  void takesNothingOfABatchThatIsCutOff() {
    byte[] batch =
        bytes(
            "BHS|^~\\&|ALDHELM|Z9H01|FINGERPOST|Z9S01|20260303101500||||B7\r"
                + text(Aldhelm.referral("A1")));

    assertThat(answer(batch)).contains("MSA|AE|B7|MESSAGE_MALFORMED BTS");
    assertThat(intake.received).isEmpty();
    assertThat(intake.refused).hasSize(1).allMatch(kept -> kept.startsWith("Z9H01/sha256:"));
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.UTF_8);
  }

  @ParameterizedTest(name = "{0} {1} {2} is {3}")
  @CsvSource(
      textBlock =
          """
          ADT^A02, P, 2.4,   TYPE_UNSUPPORTED
          REF^I15, P, 2.4,   TYPE_UNSUPPORTED
          ORU^R01, P, 2.4,   TYPE_UNSUPPORTED
          REF,     P, 2.4,   TYPE_UNSUPPORTED
          REF^I12, P, 2.8,   VERSION_UNSUPPORTED
          REF^I12, P, '',    VERSION_UNSUPPORTED
          REF^I12, T, 2.4,   PROCESSING_ID_UNSUPPORTED
          REF^I12, '', 2.4,  PROCESSING_ID_UNSUPPORTED
          """)
  void rejectsWhatItDoesNotTake(String type, String processingId, String version, String code) {
    assertThat(answer(Aldhelm.referral("A1", type, processingId, version)))
        .contains("MSA|AR|A1|" + code);
    assertThat(intake.refused).containsExactly("Z9H01/A1 " + code);
    assertThat(intake.received).isEmpty();
  }

  @Test
  void keepsWhatAStrangerSentUnderItsDigestSoThatStrangersNeverClash() {
    String one = new String(Aldhelm.referral("A1"), StandardCharsets.UTF_8).replace("Z9H01", "X1");
    String two = one.replace("COX", "FOX");
    assertThat(answer(bytes(one))).contains("MSA|AR|A1|SENDER_UNKNOWN");
    answer(bytes(two));
    assertThat(intake.refused).hasSize(2).doesNotHaveDuplicates();
    assertThat(intake.refused).allMatch(kept -> kept.startsWith("unknown/sha256:"));
  }

  @ParameterizedTest(name = "{0} by {1} is {2}")
  @CsvSource(
      textBlock =
          """
          ALDHELM, '', AA
          ALDHELM, dd, AA
          ALDHELM, aa, AR
          OSWALD,  aa, AA
          OSWALD,  bb, AA
          OSWALD,  cc, AR
          OSWALD,  dd, AR
          OSWALD,  '', AR
          EDITH,   cc, AA
          EDITH,   aa, AR
          """)
  void knowsASenderByItsCertificateToo(String application, String certificate, String code) {
    HospitalReception strict =
        new HospitalReception(
            withCertificates(),
            intake,
            Aldhelm.settings(2575),
            Clock.fixed(Aldhelm.NOW, ZoneOffset.UTC));
    String sent =
        new String(Aldhelm.referral("A1"), StandardCharsets.UTF_8).replace("ALDHELM", application);
    Optional<String> shown =
        Optional.of(certificate.repeat(32)).filter(fingerprint -> !fingerprint.isEmpty());

    String answer = new String(strict.answer(bytes(sent), shown), StandardCharsets.UTF_8);

    assertThat(answer).contains("MSA|" + code + "|A1");
    if (code.equals("AR")) {
      assertThat(answer).contains("SENDER_UNKNOWN");
      assertThat(intake.refused).allMatch(kept -> kept.startsWith("unknown/sha256:"));
      assertThat(intake.received).isEmpty();
    }
  }

  /** OSWALD is at a change of its certificate. */
  private static PartnerRegistry withCertificates() {
    return new PartnerRegistry(
        new PartnerSettings(
            Aldhelm.SCHEME,
            List.of(
                hospital("ALDHELM", List.of()),
                hospital("OSWALD", List.of("aa".repeat(32), "BB:" + "bb:".repeat(30) + "BB")),
                hospital("EDITH", List.of("cc".repeat(32))))));
  }

  private static Partner hospital(String application, List<String> certificates) {
    return Partner.of(application, "Z9H01", application, Partner.Kind.HOSPITAL)
        .hl7v2(new Partner.Hl7v2(application, "Z9H01", null, certificates))
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "A\u0000B"})
  void refusesAMessageWithoutAUsableControlId(String controlId) {
    assertThat(answer(Aldhelm.referral(controlId))).contains("MSA|AE|").contains("MSH-10");
    assertThat(intake.refused).hasSize(1).allMatch(kept -> kept.startsWith("Z9H01/sha256:"));
  }

  @Test
  void answersWhateverBreaks() {
    for (Throwable failure :
        List.of(new IllegalStateException("secret"), new StackOverflowError())) {
      intake.beforeEach = () -> sneak(failure);
      assertThat(answer(Aldhelm.referral("A1")))
          .contains("MSA|AR|A1|TEMPORARILY_FAILED")
          .doesNotContain("secret", "Exception", "COX");
    }
  }

  @Test
  void answersWhateverWasSent() {
    for (String sent : List.of("", "\r", "MSH", "MSH|^~\\&", "<xml/>", "BHS|^~\\&|A")) {
      assertThat(answer(bytes(sent))).startsWith("MSH|^~\\&|FINGERPOST|Z9S01|").contains("\rMSA|A");
    }
  }

  @Test
  void answersOrRefusesEveryRealMessage() throws IOException {
    String samples = System.getProperty("samples", "../../shared/samples");
    Path folder = Path.of(samples, "hl7v2-microsoft");
    assumeThat(folder).isDirectory();
    HospitalTranslator translator = Aldhelm.translator();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".hl7")).toList()) {
        byte[] body = Files.readAllBytes(file);
        // Some of them ask for no answer.
        assertThat(answer(body)).matches("(?s)|.*MSA[|][AC]R[|].*");
        try {
          translator.translate(Aldhelm.kept(body));
        } catch (MessageRefused refused) {
          assertThat(refused.location()).as(file.toString()).isNotEmpty();
        }
      }
    }
  }

  private String answer(byte[] body) {
    return new String(reception.answer(body, Optional.empty()), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }
}
