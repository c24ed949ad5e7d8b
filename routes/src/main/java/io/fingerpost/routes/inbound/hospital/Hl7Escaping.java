package io.fingerpost.routes.inbound.hospital;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * HL7 v2 escape sequences, in full: HAPI's own leaves {@code \.br\} and {@code \X0A\} as they stand
 * and loses a backslash that escapes nothing, as in {@code C:\letters}.
 *
 * <pre>Lives at Nr 5 \T\ 6\.br\Caf\XC3A9\  →  Lives at Nr 5 &amp; 6, new line, Café</pre>
 */
final class Hl7Escaping implements Escaping {

  @Override
  public String unescape(String text, EncodingCharacters delimiters) {
    char escape = delimiters.getEscapeCharacter();
    int open = text.indexOf(escape);
    if (open < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int from = 0;
    while (open >= 0) {
      int close = text.indexOf(escape, open + 1);
      String meaning = close < 0 ? null : meaning(text.substring(open + 1, close), delimiters);
      plain.append(text, from, open);
      if (meaning == null) {
        plain.append(escape);
        from = open + 1;
      } else {
        plain.append(meaning);
        from = close + 1;
      }
      open = text.indexOf(escape, from);
    }
    return plain.append(text, from, text.length()).toString();
  }

  private static @Nullable String meaning(String sequence, EncodingCharacters delimiters) {
    if (sequence.startsWith("X")) {
      return hexadecimal(sequence.substring(1));
    }
    return switch (sequence) {
      case "F" -> String.valueOf(delimiters.getFieldSeparator());
      case "S" -> String.valueOf(delimiters.getComponentSeparator());
      case "T" -> String.valueOf(delimiters.getSubcomponentSeparator());
      case "R" -> String.valueOf(delimiters.getRepetitionSeparator());
      case "E" -> String.valueOf(delimiters.getEscapeCharacter());
      case ".br", ".sp", ".ce" -> "\n";
      case "H", "N", ".fi", ".nf" -> "";
      default -> sequence.startsWith(".sp+") || sequence.startsWith(".in") ? "\n" : null;
    };
  }

  private static @Nullable String hexadecimal(String digits) {
    try {
      byte[] bytes = HexFormat.of().parseHex(digits);
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
      }
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String escape(String text, EncodingCharacters delimiters) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String sequence = sequence(c, delimiters);
      if (sequence != null) {
        char escape = delimiters.getEscapeCharacter();
        escaped.append(escape).append(sequence).append(escape);
      } else if (c >= ' ') {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static @Nullable String sequence(char c, EncodingCharacters delimiters) {
    if (c == delimiters.getFieldSeparator()) {
      return "F";
    } else if (c == delimiters.getComponentSeparator()) {
      return "S";
    } else if (c == delimiters.getSubcomponentSeparator()) {
      return "T";
    } else if (c == delimiters.getRepetitionSeparator()) {
      return "R";
    } else if (c == delimiters.getEscapeCharacter()) {
      return "E";
    }
    return c == '\n' ? ".br" : null;
  }
}
