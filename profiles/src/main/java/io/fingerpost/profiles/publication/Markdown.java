package io.fingerpost.profiles.publication;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text in the making, as GitHub reads it. */
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  Markdown heading(int level, String words) {
    return block("#".repeat(level) + " " + words);
  }

  /** A paragraph, or whatever else stands between blank lines; nothing for nothing. */
  Markdown block(@Nullable String words) {
    if (words != null && !words.isBlank()) {
      text.append(text.isEmpty() || text.toString().endsWith("\n\n") ? "" : "\n");
      text.append(words.strip()).append("\n\n");
    }
    return this;
  }

  Markdown head(String... cells) {
    row(cells);
    return row(Arrays.stream(cells).map(cell -> "---").toArray(String[]::new));
  }

  Markdown row(@Nullable String... cells) {
    text.append(
        Arrays.stream(cells).map(Markdown::cell).collect(Collectors.joining(" | ", "| ", " |\n")));
    return this;
  }

  /** What GitHub makes of a heading. */
  static String anchor(String heading) {
    return "#"
        + heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  static String code(String value) {
    return "`" + value + "`";
  }

  private static String cell(@Nullable String words) {
    return words == null ? "" : words.strip().replace("|", "\\|").replaceAll("\\s*\\R\\s*", " ");
  }

  @Override
  public String toString() {
    return text.toString().strip() + "\n";
  }
}
