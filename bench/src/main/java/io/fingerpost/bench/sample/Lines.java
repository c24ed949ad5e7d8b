package io.fingerpost.bench.sample;

import com.fasterxml.jackson.databind.JsonNode;

/** What is printed about one message. */
final class Lines {

  private Lines() {}

  /**
   *
   *
   * <pre>
   *   2  refused  NHS_NUMBER_INVALID at PID-3: Send the NHS number with its check digit.
   *      no map has  council-support-reason, https://fingerpost.io/…: LONELY
   * </pre>
   */
  static String of(int number, JsonNode message) {
    StringBuilder lines = new StringBuilder();
    lines.append(String.format("%4d  %-8s", number, message.path("outcome").asText()));
    message.path("says").forEach(part -> lines.append(' ').append(part.asText()));
    append(lines, " (", message.path("state"), ")");
    if (message.path("code").isTextual()) {
      lines.append(' ').append(message.path("code").asText());
      append(lines, " at ", message.path("location"), "");
      append(lines, ": ", message.path("remedy"), "");
    }
    for (JsonNode code : message.path("unmapped")) {
      lines.append(System.lineSeparator()).append("      no map has ");
      lines.append(code.path("map").asText()).append(", ").append(code.path("system").asText());
      append(lines, ": ", code.path("code"), "");
    }
    return lines.toString();
  }

  private static void append(StringBuilder lines, String before, JsonNode text, String after) {
    if (!text.asText("").isEmpty()) {
      lines.append(before).append(text.asText()).append(after);
    }
  }
}
