package io.fingerpost.routes.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** Text that PostgreSQL can keep: it has no NUL, and no half of a character that takes two. */
public final class Storable {

  private static final int LONGEST_ID = 500;

  /** As JSON writes them; with a backslash before the backslash it is text about them. */
  private static final Pattern ESCAPED =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*+\\\\u(?:0000|[dD][89a-fA-F])");

  private Storable() {}

  public static void require(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\0' || (Character.isSurrogate(c) && !isWhole(text, i))) {
        throw new AssertionError("no text: character %d is %04x".formatted(i, (int) c));
      }
    }
    assertThat(ESCAPED.matcher(text).find()).as("no text, escaped").isFalse();
  }

  private static boolean isWhole(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  /** The message log keeps it in an index. */
  public static void requireId(String id) {
    require(id);
    assertThat(id.length()).isBetween(1, LONGEST_ID);
  }
}
