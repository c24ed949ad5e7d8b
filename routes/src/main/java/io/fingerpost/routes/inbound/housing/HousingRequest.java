package io.fingerpost.routes.inbound.housing;

import io.fingerpost.routes.inbound.MessageDigests;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;

/** What of an HTTP request makes a message: its bytes, bounded, and the key they came under. */
final class HousingRequest {

  static final String KEY = "Idempotency-Key";

  /** A string as structured header fields have it, or the same without the quotation marks. */
  private static final Pattern KEY_FORM =
      Pattern.compile("\"?([\\x21-\\x7e&&[^\"\\\\]]{1,200})\"?");

  private HousingRequest() {}

  static byte[] body(HttpServletRequest request, int limit) throws IOException {
    requireJson(request.getContentType());
    byte[] body = request.getInputStream().readNBytes(limit + 1);
    if (body.length > limit) {
      throw new MessageRefused(
          Code.MESSAGE_TOO_LARGE, "", "Send at most " + limit + " bytes in a referral.");
    }
    return body;
  }

  /**
   * The sender's key, or else a name made of the bytes: what comes again unchanged is the same
   * message with a key and without.
   */
  static String messageId(HttpServletRequest request, byte[] body) {
    List<String> keys = Collections.list(request.getHeaders(KEY));
    if (keys.isEmpty()) {
      return MessageDigests.of(body);
    }
    Matcher form = KEY_FORM.matcher(keys.get(0).strip());
    if (keys.size() > 1 || !form.matches()) {
      throw MessageRefused.invalid(
          "header:" + KEY,
          "Send one key of 1 to 200 printable characters without blanks, a UUID for one.");
    }
    return form.group(1);
  }

  private static void requireJson(@Nullable String header) {
    MimeType type = type(header);
    if (type == null || !type.equalsTypeAndSubtype(new MimeType("application", "json"))) {
      throw new MessageRefused(
          Code.TYPE_UNSUPPORTED, "header:Content-Type", "Send application/json.");
    }
    if (type.getCharset() != null && !type.getCharset().equals(StandardCharsets.UTF_8)) {
      throw new MessageRefused(
          Code.CHARSET_UNSUPPORTED, "header:Content-Type", "Send the referral in UTF-8.");
    }
  }

  private static @Nullable MimeType type(@Nullable String header) {
    try {
      return header == null ? null : MimeType.valueOf(header);
    } catch (InvalidMimeTypeException unreadable) {
      return null;
    }
  }
}
