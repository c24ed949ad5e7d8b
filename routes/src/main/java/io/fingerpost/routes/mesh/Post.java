package io.fingerpost.routes.mesh;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message as it lay in a mailbox, decompressed. Ids of mailboxes and messages may be logged; the
 * body never.
 *
 * @param mailbox ours
 * @param id MESH's own, one for each message
 * @param body of data; as much as was allowed where there was more; empty for a report
 */
public record Post(String mailbox, String id, Cover cover, Condition condition, byte[] body) {

  /** What MESH says of a message, in its headers. */
  public enum Kind {
    /** What another mailbox has sent. */
    DATA,
    /** What MESH has to tell of a message that was sent. */
    REPORT,
    /** Neither: nothing is made of it. */
    UNKNOWN
  }

  /** What became of the body on its way. */
  public enum Condition {
    WHOLE,
    TOO_LARGE,
    /** Said to be compressed, and it cannot be decompressed. */
    CORRUPT
  }

  /**
   * The {@code mex-} headers.
   *
   * @param from mailbox of the sender, as MESH authenticated it
   * @param statusCode of a report: {@code 14} is a message nobody fetched
   * @param about of a report: MESH's id of the message it tells of
   * @param localId the sender's own id of this message; in a report, ours of the one it tells of
   */
  public record Cover(
      Kind kind,
      String from,
      String workflow,
      boolean encrypted,
      @Nullable String statusCode,
      @Nullable String about,
      @Nullable String localId) {

    static Cover of(Function<String, Optional<String>> header) {
      return new Cover(
          kind(header),
          header.apply("mex-From").map(id -> id.strip().toUpperCase(Locale.ROOT)).orElse(""),
          header.apply("mex-WorkflowID").map(String::strip).orElse(""),
          isYes(header.apply("mex-Content-Encrypted")),
          header.apply("mex-StatusCode").orElse(null),
          header.apply("mex-LinkedMsgID").orElse(null),
          header.apply("mex-LocalID").orElse(null));
    }

    /** Whoever leaves the type out sends data, unless it is told of an error. */
    private static Kind kind(Function<String, Optional<String>> header) {
      boolean isError =
          header.apply("mex-StatusSuccess").filter("ERROR"::equalsIgnoreCase).isPresent();
      return header
          .apply("mex-MessageType")
          .map(type -> type.strip().toUpperCase(Locale.ROOT))
          .map(
              type ->
                  switch (type) {
                    case "DATA" -> Kind.DATA;
                    case "REPORT" -> Kind.REPORT;
                    default -> Kind.UNKNOWN;
                  })
          .orElse(isError ? Kind.REPORT : Kind.DATA);
    }

    static boolean isYes(Optional<String> header) {
      return header
          .map(value -> value.strip().toUpperCase(Locale.ROOT))
          .filter(value -> value.equals("Y") || value.equals("TRUE"))
          .isPresent();
    }
  }

  @Override
  public String toString() {
    return "Post[id=" + id + ", condition=" + condition + ", bytes=" + body.length + "]";
  }
}
