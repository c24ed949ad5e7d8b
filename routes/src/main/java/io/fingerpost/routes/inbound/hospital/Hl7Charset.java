package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The character sets a sender may declare in MSH-18, by HL7 table 0211 and the spellings met beside
 * it. Bytes that are not of the declared set are refused: a name with a question mark in it is
 * worse than a message sent again.
 *
 * <p>With nothing declared the text is UTF-8 where it is valid UTF-8, else Windows-1252, which
 * holds all that is printable in ISO 8859-1: what older UK systems send without saying so. UTF-16
 * and UTF-32 cannot go through MLLP, whose frame bytes occur in them.
 */
final class Hl7Charset {

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private static final Map<String, Charset> DECLARED =
      Map.ofEntries(
          Map.entry("ASCII", StandardCharsets.US_ASCII),
          Map.entry("UNICODE", StandardCharsets.UTF_8),
          Map.entry("UNICODE UTF-8", StandardCharsets.UTF_8),
          Map.entry("UTF-8", StandardCharsets.UTF_8),
          Map.entry("8859/1", StandardCharsets.ISO_8859_1),
          Map.entry("ISO-8859-1", StandardCharsets.ISO_8859_1),
          Map.entry("8859/2", Charset.forName("ISO-8859-2")),
          Map.entry("8859/4", Charset.forName("ISO-8859-4")),
          Map.entry("8859/5", Charset.forName("ISO-8859-5")),
          Map.entry("8859/7", Charset.forName("ISO-8859-7")),
          Map.entry("8859/9", Charset.forName("ISO-8859-9")),
          Map.entry("8859/15", Charset.forName("ISO-8859-15")));

  private Hl7Charset() {}

  /**
   * @throws MessageRefused when the set is not taken or the bytes are not of it
   */
  static String decode(String declared, byte[] body) {
    if (declared.isEmpty()) {
      return strictly(StandardCharsets.UTF_8, body)
          .or(() -> strictly(WINDOWS, body))
          .orElseGet(() -> new String(body, StandardCharsets.ISO_8859_1));
    }
    Charset charset = DECLARED.get(declared);
    if (charset == null) {
      throw refused("Send the message in UTF-8 and declare it as UNICODE UTF-8.");
    }
    return strictly(charset, body)
        .orElseThrow(
            () ->
                refused(
                    "The message holds bytes that are not of the character set it declares."
                        + " Declare the set it is really written in."));
  }

  /** The set to answer in: the one the message was read in, else one that keeps every byte. */
  static Charset answering(String declared, byte[] body) {
    Charset charset = declared.isEmpty() ? StandardCharsets.UTF_8 : DECLARED.get(declared);
    return charset != null && strictly(charset, body).isPresent()
        ? charset
        : StandardCharsets.ISO_8859_1;
  }

  private static Optional<String> strictly(Charset charset, byte[] body) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static MessageRefused refused(String remedy) {
    return new MessageRefused(Code.CHARSET_UNSUPPORTED, "MSH-18", remedy);
  }
}
