package io.fingerpost.bench.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MllpFramesTest {

  @Test
  void writesTheBlockCharactersAroundTheMessage() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MllpFrames.write("MSH|é", out);

    assertThat(out.toByteArray()).isEqualTo("\u000bMSH|é\u001c\r".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsFrameAfterFrameAndSkipsWhatStandsBetween() throws IOException {
    InputStream in = bytes("\r\n\u000bone\rtwo\u001c\r\n\u000bthree\u001c\r");

    assertThat(MllpFrames.read(in)).isEqualTo("one\rtwo");
    assertThat(MllpFrames.read(in)).isEqualTo("three");
    assertThatThrownBy(() -> MllpFrames.read(in)).isInstanceOf(EOFException.class);
  }

  @Test
  void doesNotTakeAFrameThatWasCutOffForAMessage() {
    assertThatThrownBy(() -> MllpFrames.read(bytes("\u000bhalf a mess")))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void answersWhatTheHospitalsListenerReceives() throws Exception {
    try (MllpListener listener = MllpListener.open();
        MllpConnection connection = MllpConnection.open(listener.port())) {
      connection.send("MSH|^~\\&|A|B|C|D|20260101||RRI^I12^RRI_I12|R1|P|2.5.1\rRF1|A\r");
      connection.send("MSH|^~\\&|A|B|C|D|20260101||RRI^I12^RRI_I12|R2|P|2.5.1\rRF1|R\r");

      assertThat(Hl7.field(connection.answer(), "MSA", 2)).isEqualTo("R1");
      String second = connection.answer();
      assertThat(Hl7.field(second, "MSA", 1)).isEqualTo("AA");
      assertThat(Hl7.field(second, "MSA", 2)).isEqualTo("R2");
      assertThat(
              listener
                  .inbox()
                  .await(m -> Hl7.component(m, "RF1", 1).equals("R"), Duration.ofSeconds(5)))
          .isPresent();
    }
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
