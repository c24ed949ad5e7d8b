package io.fingerpost.routes.inbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.routes.inbound.Content;
import io.fingerpost.routes.inbound.KnownParties;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.routes.inbound.ReferralTransaction;
import io.fingerpost.routes.reliability.KeptMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder under {@code inbound/hospital} is a case: what was received, and what is stored of it
 * or why it is refused, and where it matters the answer. What changes something that is stored
 * stands in {@code says.json}, as the kinds of content get it. A new case is two files and no Java;
 * what came of a case without expectations is left in {@code target/cases}.
 */
class HospitalCasesTest {

  private static final Path CASES = Path.of("src/test/resources/inbound/hospital");
  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private final HospitalTranslator translator = Aldhelm.translator();
  private final ReferralTransaction transaction = new ReferralTransaction(Aldhelm.SCHEME);
  private final Acknowledgement acknowledgement = new Acknowledgement("Z9S01");

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void doesWhatTheCaseSays(String name) throws IOException {
    KeptMessage message = Aldhelm.kept(received(name));
    Outcome outcome;
    try {
      Content content = translator.translate(message);
      if (content instanceof Referral referral) {
        expect(
            name,
            "stored.fhir.json",
            FHIR.newJsonParser()
                .setPrettyPrint(true)
                .encodeResourceToString(
                    transaction.of(message, referral, new KnownParties(null, null, null))));
      } else {
        expect(name, "says.json", Said.in(content, message, transaction));
      }
      outcome = new Outcome.Stored("ServiceRequest/1");
    } catch (MessageRefused refused) {
      expect(name, "refused.txt", refused.code() + " " + refused.location());
      assertThatNothingIsQuoted(name, refused);
      outcome = new Outcome.Refused(refused.refusal());
    }
    if (Files.exists(CASES.resolve(name).resolve("answer.hl7"))) {
      expect(name, "answer.hl7", answer(message, outcome));
    }
  }

  private String answer(KeptMessage message, Outcome outcome) {
    Hl7Header header = Hl7Header.read(message.body());
    byte[] answer =
        acknowledgement.of(header, new Receipt(message.id(), message.receivedAt(), false, outcome));
    return new String(answer, header.charset()).replace('\r', '\n');
  }

  /** Lines in the files end in LF for their readers' sake; on the wire segments end in CR. */
  private static byte[] received(String name) throws IOException {
    byte[] file = Files.readAllBytes(CASES.resolve(name).resolve("received.hl7"));
    boolean isWire = new String(file, StandardCharsets.ISO_8859_1).contains("\r");
    for (int i = 0; i < file.length && !isWire; i++) {
      file[i] = file[i] == '\n' ? (byte) '\r' : file[i];
    }
    return file;
  }

  private static void expect(String name, String file, String actual) throws IOException {
    Path left = Files.createDirectories(Path.of("target/cases", name)).resolve(file);
    Files.writeString(left, actual.strip() + "\n");
    Path expected = CASES.resolve(name).resolve(file);
    assertThat(expected).as("what came of it is in %s", left).exists();
    assertThat(actual.strip()).isEqualTo(Files.readString(expected).strip());
  }

  private static void assertThatNothingIsQuoted(String name, MessageRefused refused)
      throws IOException {
    List<String> values =
        Stream.of(
                Files.readString(
                        CASES.resolve(name).resolve("received.hl7"), StandardCharsets.ISO_8859_1)
                    .split("\n"))
            .filter(line -> line.startsWith("PID"))
            .flatMap(line -> Stream.of(line.split("[|^~]")))
            .filter(value -> value.length() > 3)
            .toList();
    for (String value : values) {
      assertThat(refused.getMessage()).doesNotContain(value);
    }
  }
}
