package io.fingerpost.routes.inbound.gp;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of files that are taken: what can be looked at and does nothing by itself. A file is of
 * the kind its bytes say, and says so.
 */
enum FileKind {
  PDF("application/pdf", "255044462d"),
  JPEG("image/jpeg", "ffd8ff"),
  PNG("image/png", "89504e470d0a1a0a"),
  TEXT("text/plain", "");

  /**
   * What makes a PDF do something or carry something else. Names may be written with {@code #}
   * codes; what lies in compressed parts of a PDF is not looked into.
   */
  private static final Pattern ACTIVE =
      Pattern.compile("/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm)\\b");

  private static final Pattern ESCAPED = Pattern.compile("#([0-9A-Fa-f]{2})");

  private final String contentType;
  private final byte[] beginning;

  FileKind(String contentType, String beginning) {
    this.contentType = contentType;
    this.beginning = HexFormat.of().parseHex(beginning);
  }

  String contentType() {
    return contentType;
  }

  /**
   * @param path where the file is in the message
   * @throws MessageRefused where it is of no such kind, or another than it says
   */
  static FileKind of(@Nullable String contentType, byte[] data, String path) {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    for (FileKind kind : values()) {
      if (kind.contentType.equals(type) && kind.isOf(data)) {
        if (kind == PDF && isActive(data)) {
          throw new MessageRefused(
              Code.TYPE_UNSUPPORTED, path, "Send PDFs without scripts, forms and files in them.");
        }
        return kind;
      }
    }
    throw new MessageRefused(
        Code.TYPE_UNSUPPORTED,
        path,
        "Send files of these types, each named with its own: "
            + Arrays.stream(values()).map(FileKind::contentType).collect(Collectors.joining(", "))
            + ".");
  }

  private boolean isOf(byte[] data) {
    return this == TEXT
        ? isText(data)
        : data.length > beginning.length
            && Arrays.equals(beginning, Arrays.copyOf(data, beginning.length));
  }

  private static boolean isText(byte[] data) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(data))
          .chars()
          .noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
    } catch (CharacterCodingException notText) {
      return false;
    }
  }

  private static boolean isActive(byte[] pdf) {
    Matcher escaped = ESCAPED.matcher(new String(pdf, StandardCharsets.ISO_8859_1));
    String plain =
        escaped.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    return ACTIVE.matcher(plain).find();
  }
}
