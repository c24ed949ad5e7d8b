package io.fingerpost.routes.inbound.gp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.gp.GpSettings.AttachmentLimits;
import io.fingerpost.terminology.CodeTranslator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class GpAttachmentsTest {

  private static final byte[] WITH_A_LETTER =
      GpMessages.received("referral-with-a-letter-attached/received.json");

  @Test
  void areRefusedAboveTheLimitThatIsSet() {
    AttachmentLimits small = new AttachmentLimits(5, DataSize.ofBytes(10));
    AttachmentLimits none = new AttachmentLimits(0, DataSize.ofKilobytes(512));

    for (AttachmentLimits limits : new AttachmentLimits[] {small, none}) {
      MessageRefused refused =
          catchThrowableOfType(
              MessageRefused.class,
              () ->
                  new GpTranslator(new CodeTranslator(), limits)
                      .translate(GpMessages.kept(WITH_A_LETTER)));
      assertThat(refused.code()).isEqualTo(Code.MESSAGE_TOO_LARGE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/pdf, %PDF-1.4 <</Type/Catalog>>, PDF",
    "application/pdf, %PDF-1.4 <</OpenAction[3 0 R /Fit]>>, PDF",
    "APPLICATION/PDF; version=1, %PDF-1.4 x, PDF",
    "text/plain;charset=utf-8, Good morning, TEXT",
    "image/jpeg, \u00ff\u00d8\u00ff\u00e0, JPEG"
  })
  void areOfTheKindTheyAre(String type, String content, FileKind kind) {
    assertThat(FileKind.of(type, content.getBytes(ISO_8859_1), "x")).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<</S/JavaScript>>",
        "<</S/J#61#76aScript>>",
        "<</JS (x)>>",
        "<</S/Launch/F(x)>>",
        "<</EmbeddedFiles 3 0 R>>",
        "<</Type/EmbeddedFile>>",
        "<</XFA 3 0 R>>",
        "<</Subtype/RichMedia>>"
      })
  void areRefusedWhereTheyCouldDoSomething(String within) {
    byte[] pdf = ("%PDF-1.4 " + within).getBytes(ISO_8859_1);

    MessageRefused refused =
        catchThrowableOfType(
            MessageRefused.class, () -> FileKind.of("application/pdf", pdf, "here"));

    assertThat(refused.code()).isEqualTo(Code.TYPE_UNSUPPORTED);
    assertThat(refused.location()).isEqualTo("here");
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, <p>x",
    "image/svg+xml, <svg/>",
    "application/octet-stream, x",
    "application/zip, PK",
    "application/pdf, hello",
    "text/plain, a\u0000b",
    "image/png, \u00ff\u00d8\u00ff\u00e0"
  })
  void areRefusedWhereTheyAreOfNoKindOrAnother(String type, String content) {
    assertThat(
            catchThrowableOfType(
                    MessageRefused.class,
                    () -> FileKind.of(type, content.getBytes(ISO_8859_1), "x"))
                .code())
        .isEqualTo(Code.TYPE_UNSUPPORTED);
  }
}
