package io.fingerpost.routes.inbound;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON as it must have been meant: UTF-8, one well-formed value, no name said twice in an object,
 * nothing nested, long or large beyond reason, and no characters that cannot be stored. What one
 * parser would mend and another would drop is refused, with the place and never the text.
 */
public final class StrictJson {

  private static final int DEEPEST = 50;
  private static final int LONGEST_STRING = 4_000;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_NUMBER = 30;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_STRING)
                          .maxNameLength(LONGEST_NAME)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private StrictJson() {}

  /**
   * @throws MessageRefused when it is not such JSON; the location is the whole, for which the JSON
   *     pointer is empty
   */
  public static JsonNode read(byte[] body) {
    String text = decoded(body);
    try {
      JsonNode read = MAPPER.readTree(text);
      if (read == null || read.isMissingNode()) {
        throw malformed("It is empty.");
      }
      requireStorable(read);
      return read;
    } catch (JsonProcessingException malformed) {
      throw malformed(place(malformed.getLocation()));
    } catch (ArithmeticException | NumberFormatException beyond) {
      // Few digits, and an exponent that no number has.
      throw malformed("A number is too large or too small.");
    }
  }

  /** A byte order mark says nothing in UTF-8, and some systems write one. */
  private static String decoded(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (text.indexOf('\0') < 0) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
      }
    } catch (CharacterCodingException notUtf8) {
      // The same refusal as for text that only UTF-16 could have written.
    }
    throw new MessageRefused(Code.CHARSET_UNSUPPORTED, "", "Send the message in UTF-8.");
  }

  private static void requireStorable(JsonNode node) {
    if (node.isTextual() && !isStorable(node.textValue())) {
      throw malformed("A string holds a control character, or half a character.");
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!isStorable(name)) {
                throw malformed("A name holds a control character, or half a character.");
              }
            });
    node.forEach(StrictJson::requireStorable);
  }

  /** Escapes can write what UTF-8 cannot: half of a pair, or a NUL that ends a text elsewhere. */
  private static boolean isStorable(String text) {
    return text.codePoints()
        .allMatch(
            point ->
                (point >= ' ' || point == '\n' || point == '\r' || point == '\t')
                    && point != 0x7f
                    && (point < 0xd800 || point > 0xdfff));
  }

  private static String place(JsonLocation at) {
    return at == null
        ? "It cannot be read."
        : "It cannot be read at line %d, column %d.".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static MessageRefused malformed(String what) {
    return new MessageRefused(
        Code.MESSAGE_MALFORMED,
        "",
        what
            + " Send one well-formed JSON value, with each name once in an object, strings of at"
            + " most "
            + LONGEST_STRING
            + " characters and numbers of at most "
            + LONGEST_NUMBER
            + " digits.");
  }
}
