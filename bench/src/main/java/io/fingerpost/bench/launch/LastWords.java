package io.fingerpost.bench.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a server that would not start said last, in a few lines of a width one can read. */
final class LastWords {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LINES = 6;
  private static final int WIDTH = 400;
  private static final String CAUSE = "Caused by: ";

  private LastWords() {}

  static String in(Path log) {
    List<String> lines;
    try {
      lines = Files.readAllLines(log);
    } catch (IOException unreadable) {
      return " (Its log, " + log + ", cannot be read.)";
    }
    return " Its last words, from "
        + log
        + ":\n"
        + lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
            .flatMap(LastWords::said)
            .map(line -> "  " + line.substring(0, Math.min(WIDTH, line.length())))
            .collect(Collectors.joining("\n"));
  }

  /** The message of a log entry and the root of its exception; other lines as they are. */
  private static Stream<String> said(String line) {
    try {
      JsonNode entry = JSON.readTree(line);
      String trace = entry.path("stack_trace").asText();
      int cause = trace.lastIndexOf(CAUSE);
      Stream<String> message = Stream.of(entry.path("message").asText(line));
      return cause < 0
          ? message
          : Stream.concat(message, trace.substring(cause + CAUSE.length()).lines().limit(1));
    } catch (JsonProcessingException plain) {
      return Stream.of(line);
    }
  }
}
