package io.fingerpost.routes.inbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fingerpost.routes.inbound.MessageRefused;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7HeaderTest {

  @Test
  void readsWhatAMessageSaysOfItself() {
    Hl7Header header =
        read("MSH|^~\\&|APP^x|FAC^y|US|Z9S01|202603031015||REF^I12^REF_I12| C1 |P^T|2.4^GBR\rPID");
    assertThat(header.isReadable()).isTrue();
    assertThat(header.application()).isEqualTo("APP");
    assertThat(header.facility()).isEqualTo("FAC");
    assertThat(header.time()).isEqualTo("202603031015");
    assertThat(header.type()).isEqualTo("REF");
    assertThat(header.trigger()).isEqualTo("I12");
    assertThat(header.controlId()).isEqualTo("C1");
    assertThat(header.processingId()).isEqualTo("P");
    assertThat(header.version()).isEqualTo("2.4");
    assertThat(header.declaredCharset()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "M",
        "MSH",
        "MSH|",
        "MSH||||",
        "PID|1",
        "{}",
        "MSH|||",
        "MSHA^~\\&Ax",
        "BHS|^~"
      })
  void saysThatItCannotReadWhatIsNoHeader(String body) {
    Hl7Header header = read(body);
    assertThat(header.isReadable()).isFalse();
    assertThat(header.controlId()).isEmpty();
  }

  @Test
  void neverThrowsWhateverTheBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      byte[] body = new byte[random.nextInt(80)];
      random.nextBytes(body);
      byte[] msh = "MSH|^~\\&|".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(msh, 0, body, 0, Math.min(random.nextInt(10), Math.min(9, body.length)));
      Hl7Header header = Hl7Header.read(body);
      assertThat(header.charset()).isNotNull();
      assertThat(header.version()).isNotNull();
    }
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      textBlock =
          """
          '',             UTF-8
          ASCII,          US-ASCII
          UNICODE UTF-8,  UTF-8
          UNICODE,        UTF-8
          8859/1,         ISO-8859-1
          8859/15,        ISO-8859-15
          8859/15~8859/1, ISO-8859-15
          """)
  void answersInTheSetTheMessageIsWrittenIn(String declared, Charset charset) {
    assertThat(read(declaring(declared, "")).charset()).isEqualTo(charset);
  }

  @Test
  void readsTheEuroSignOf8859Slash15() {
    byte[] body = declaring("8859/15", "€").getBytes(Charset.forName("ISO-8859-15"));
    assertThat(Hl7Charset.decode("8859/15", body)).contains("€");
  }

  @Test
  void readsTheQuotesOfAnOlderWordProcessorWhereNothingIsDeclared() {
    byte[] body = "O’Brien".getBytes(Charset.forName("windows-1252"));
    assertThat(Hl7Charset.decode("", body)).isEqualTo("O’Brien");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNICODE UTF-16", "ISO IR87", "nonsense"})
  void refusesASetItCannotRead(String declared) {
    assertThatThrownBy(() -> Hl7Charset.decode(declared, new byte[] {'M'}))
        .isInstanceOfSatisfying(
            MessageRefused.class,
            refused ->
                assertThat(refused.code()).isEqualTo(MessageRefused.Code.CHARSET_UNSUPPORTED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ASCII", "UNICODE UTF-8"})
  void refusesBytesThatAreNotOfTheDeclaredSet(String declared) {
    assertThatThrownBy(() -> Hl7Charset.decode(declared, new byte[] {'M', (byte) 0xe9, 'S'}))
        .isInstanceOf(MessageRefused.class);
  }

  private static String declaring(String charset, String family) {
    return "MSH|^~\\&|A|B|||20260303||REF^I12|1|P|2.4||||||" + charset + "\rPID|||||" + family;
  }

  private static Hl7Header read(String body) {
    return Hl7Header.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
