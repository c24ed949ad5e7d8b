package io.fingerpost.routes.inbound.gp;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;

/**
 * The HTTP headers of a message: the two ids BaRS has every answer carry back, and a content type
 * that is read here.
 */
final class GpHeaders {

  private static final List<String> IDS = List.of("X-Request-Id", "X-Correlation-Id");
  private static final String UUID_FORM =
      "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
  private static final Set<String> TYPES =
      Set.of("application/fhir+json", "application/json", "application/fhir+xml");

  private final HttpServletRequest request;

  GpHeaders(HttpServletRequest request) {
    this.request = request;
  }

  /** Anything but a UUID is not sent back: it could be anything. */
  void mirror(HttpServletResponse response) {
    for (String id : IDS) {
      if (isUuid(id)) {
        response.setHeader(id, request.getHeader(id));
      }
    }
  }

  void require() {
    for (String id : IDS) {
      if (!isUuid(id)) {
        throw new MessageRefused(
            Code.HEADER_MISSING,
            "header:" + id,
            "Send " + String.join(" and ", IDS) + ", each a UUID.");
      }
    }
    requireType();
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new MessageRefused(
          Code.TYPE_UNSUPPORTED, "header:Content-Encoding", "Send the message uncompressed.");
    }
  }

  private boolean isUuid(String header) {
    String value = request.getHeader(header);
    return value != null && value.matches(UUID_FORM);
  }

  private void requireType() {
    MimeType type = type(request.getContentType());
    if (type == null || !TYPES.contains(nameOf(type))) {
      throw new MessageRefused(
          Code.TYPE_UNSUPPORTED,
          "header:Content-Type",
          "Send application/fhir+json or application/fhir+xml.");
    }
    if (type.getCharset() != null && !type.getCharset().equals(StandardCharsets.UTF_8)) {
      throw new MessageRefused(
          Code.CHARSET_UNSUPPORTED, "header:Content-Type", "Send the message in UTF-8.");
    }
  }

  private static String nameOf(MimeType type) {
    return (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
  }

  private static @Nullable MimeType type(@Nullable String header) {
    try {
      return header == null ? null : MimeType.valueOf(header);
    } catch (InvalidMimeTypeException unreadable) {
      return null;
    }
  }
}
