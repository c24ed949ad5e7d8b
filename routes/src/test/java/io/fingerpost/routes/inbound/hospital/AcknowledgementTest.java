package io.fingerpost.routes.inbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.reliability.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AcknowledgementTest {

  private static final UUID ID = UUID.fromString("8f14e45f-ceea-467a-9a36-0a1b2c3d4e5f");

  private final Acknowledgement acknowledgement = new Acknowledgement("Z9S01");

  @ParameterizedTest(name = "{0} is answered {1} with {2}")
  @CsvSource(
      textBlock =
          """
          SENDER_UNKNOWN,            AR, 204
          TYPE_UNSUPPORTED,          AR, 200
          VERSION_UNSUPPORTED,       AR, 203
          PROCESSING_ID_UNSUPPORTED, AR, 202
          MESSAGE_TOO_LARGE,         AR, 207
          NHS_NUMBER_INVALID,        AE, 102
          FIELD_MISSING,             AE, 101
          FIELD_INVALID,             AE, 102
          PERSON_UNIDENTIFIED,       AE, 101
          PERSON_MISMATCH,           AE, 204
          MESSAGE_ID_REUSED,         AE, 205
          PROFILE_VIOLATED,          AE, 102
          """)
  void tellsMendingFromRejecting(Code code, String answer, String condition) {
    String text = answer(refused(code, "PID-3"), "2.5.1");
    assertThat(text).contains("\rMSA|" + answer + "|A1|" + code);
    assertThat(text).contains("|" + condition + "^").contains("|E|" + code + "^^L|");
  }

  @ParameterizedTest
  @EnumSource
  void hasAnAnswerForEveryRefusal(Code code) {
    assertThat(answer(refused(code, "Patient.birthDate"), "2.3"))
        .contains("\rERR|")
        .contains("&HL70357");
  }

  @Test
  void asksForTheMessageAgainWhenTheFaultIsOurs() {
    String text = answer(new Outcome.Failed(), "2.5.1");
    assertThat(text).contains("MSA|AR|A1|").contains("207^Application internal error^HL70357");
  }

  @Test
  void acceptsWhatIsHeldAndWarnsWhy() {
    Outcome held = new Outcome.Held("Task/1");
    assertThat(answer(held, "2.5.1"))
        .contains("\rMSA|AA|A1|PERSON_MISMATCH PID-3: The message is kept.")
        .contains("\rERR||PID^1^3|0^Message accepted^HL70357|W|PERSON_MISMATCH^^L|");
    assertThat(answer(held, "2.4"))
        .contains("\rMSA|AA|A1|PERSON_MISMATCH PID-3: The message is kept.");
  }

  @Test
  void givesTheSameBytesForTheSameReceipt() {
    Receipt first = receipt(new Outcome.Stored("ServiceRequest/1"), false);
    Receipt again = receipt(new Outcome.Stored("ServiceRequest/1"), true);
    Hl7Header header = Hl7Header.read(Aldhelm.referral("A1"));
    assertThat(acknowledgement.of(header, again)).isEqualTo(acknowledgement.of(header, first));
  }

  @Test
  void escapesWhatItSaysAndEchoesWhatWasSentByteForByte() {
    byte[] body =
        "MSH|^~\\&|A\u00e9|B|||2||REF^I12|A\\T\\1|P|2.5".getBytes(StandardCharsets.ISO_8859_1);
    Refusal refusal = new Refusal("PROFILE_VIOLATED", "x|y", "Not a | or ^ or \r in it");
    byte[] answer =
        acknowledgement.of(Hl7Header.read(body), receipt(new Outcome.Refused(refusal), false));
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("|A\u00e9|B|").contains("MSA|AE|A\\T\\1|").contains("\\F\\ or \\S\\");
    assertThat(text.split("\r")).hasSize(3);
  }

  private String answer(Outcome outcome, String version) {
    Hl7Header header = Hl7Header.read(Aldhelm.referral("A1", "REF^I12", "P", version));
    return new String(acknowledgement.of(header, receipt(outcome, false)), StandardCharsets.UTF_8);
  }

  private static Outcome refused(Code code, String location) {
    return new Outcome.Refused(new Refusal(code.name(), location, "Mend it."));
  }

  private static Receipt receipt(Outcome outcome, boolean repeated) {
    return new Receipt(ID, Aldhelm.NOW, repeated, outcome);
  }
}
