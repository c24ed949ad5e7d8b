package io.fingerpost.routes.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One of the messages our cases are made of, spoilt in a few places as links, editors, careless
 * programs and attackers spoil them. What made a test fail is told with its changes, the fewest
 * that still do.
 */
public record Spoilt(Path from, List<Change> changes, byte[] bytes) {

  private static final Path CASES = Path.of("src/test/resources/inbound");
  private static final int MOST_CHANGES = 4;

  /** Where a change falls is decided by its number. */
  public record Change(Kind kind, int number) {}

  /** Ways to spoil a message. */
  public enum Kind {
    FLIP_BITS,
    CUT,
    REMOVE,
    REPEAT,
    REPEAT_WITHOUT_END,
    SWAP_LINES,
    SWAP_WORDS,
    INSERT_AN_ODDITY,
    REPLACE_A_WORD,
    REPLACE_A_NUMBER,
    NEST,
    SWELL,
    ANOTHER_CHARSET,
    GO_ON_AS_ANOTHER
  }

  /** What programs stumble over, as text; and below what no text is, as bytes. */
  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "\u0000",
          "\u0001",
          "\u001c\r",
          "\u000bMSH|",
          "\t",
          "\r",
          "\n",
          "\r\n",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\ufffe",
          "\uffff",
          "\u202e",
          "\u2066",
          "\u200d",
          "\u200b",
          "\u00a0",
          "e\u0301",
          "\u0130",
          "\u00df",
          "\ud83d\ude00",
          "\u0e33\u0e33",
          "\u0300".repeat(300),
          "\"",
          "\"\"",
          "'",
          "`",
          "\u201c",
          "\\",
          "\\\\",
          "\\\"",
          "\\u0000",
          "\\ud800",
          "\\udc00",
          "\\x",
          "\\F\\",
          "\\S\\",
          "\\E\\",
          "\\E",
          "\\.br\\",
          "\\X0D\\",
          "\\X0\\",
          "\\XZZ\\",
          "\\X" + "41".repeat(500) + "\\",
          "\\C2842\\",
          "\\M2442\\",
          "\\H\\",
          "\\.sp99999999999\\",
          "\\Zend\\",
          "|",
          "^",
          "~",
          "&",
          "|||||",
          "^^^^",
          "~~~~",
          "&&&&",
          "#",
          ",",
          ";",
          ",,,,",
          "=1+1",
          "@x",
          "-",
          "+",
          "%s%n",
          "%00",
          "${jndi:ldap://x}",
          "#{1}",
          "{{1}}",
          "<b>",
          "<!--",
          "<![CDATA[",
          "&amp;",
          "&#0;",
          "&#x110000;",
          "<!DOCTYPE x [<!ENTITY y \"z\">]>",
          "../../etc",
          "null",
          "true",
          "[]",
          "{}",
          "[[",
          "{\"",
          "]",
          "}",
          ":",
          "/*",
          "//",
          "http://[",
          "urn:uuid:",
          "#x",
          "Patient/",
          "Patient/1/_history/",
          "?",
          "\"\\");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "00",
          "-0",
          "1e309",
          "1e-400",
          "1e999999999",
          "NaN",
          "Infinity",
          "0x10",
          "1.",
          ".5",
          "9".repeat(400),
          "2147483648",
          "9223372036854775808",
          "0.1e1",
          "00000000",
          "20260230",
          "20261332",
          "99991231",
          "00010101",
          "-20260101",
          "2026-02-30",
          "2026-13-01",
          "10000-01-01",
          "+999999999-12-31",
          "2026-03-03T24:00:00Z",
          "2026-03-03T25:61:61Z",
          "2026-03-03T10:15:00+99:99",
          "2026-06-30T23:59:60Z",
          "20260303101500.123456789",
          "20260303101500+9999",
          "1",
          "7",
          "\u0661\u0662\u0663",
          "\uff11\uff12",
          "\u00b2",
          "9990000018",
          "0000000000");

  private static final List<String> NO_TEXT =
      List.of(
          "\u00ff",
          "\u00c0\u0080",
          "\u00ed\u00a0\u0080",
          "\u00f4\u0090\u0080\u0080",
          "\u00e2\u0082",
          "\u0080",
          "\u00fe\u00ff",
          "\u001b$B");

  private static final List<String> NESTING =
      List.of("[", "{\"a\":", "[{\"extension\":", "<div>", "^", "&", "\"", "\\", "(", "~", "\r|");

  private static final Pattern WORD = Pattern.compile("[^|^~&\\\\,;\"\\r\\n:{}\\[\\]<>]+");
  private static final Pattern NUMBER = Pattern.compile("[0-9][0-9.:T+-]*");

  /** Of the messages one kind of sender sends. */
  public static Arbitrary<Spoilt> of(String channel) {
    List<Path> all = cases(channel);
    Arbitrary<Change> change =
        Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.integers().greaterOrEqual(0))
            .as(Change::new);
    return Combinators.combine(
            Arbitraries.of(all), change.list().ofMinSize(1).ofMaxSize(MOST_CHANGES))
        .as((from, changes) -> spoil(all, from, changes));
  }

  /** A character for each byte. */
  public String text() {
    return new String(bytes, ISO_8859_1);
  }

  private static Spoilt spoil(List<Path> all, Path from, List<Change> changes) {
    // A character for each byte.
    String text = new String(read(from), ISO_8859_1);
    for (Change change : changes) {
      Random random = new Random(change.number() * 31L + change.kind().ordinal());
      text =
          change.kind() == Kind.GO_ON_AS_ANOTHER
              ? spliced(text, new String(read(one(all, random)), ISO_8859_1), random)
              : spoil(text, change.kind(), random);
    }
    return new Spoilt(from, changes, text.getBytes(ISO_8859_1));
  }

  private static String spliced(String text, String other, Random random) {
    return text.substring(0, random.nextInt(text.length() + 1))
        + other.substring(random.nextInt(other.length() + 1));
  }

  private static String spoil(String text, Kind kind, Random random) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + 1 + random.nextInt(random.nextBoolean() ? 8 : 400));
    String slice = text.substring(from, to);
    return switch (kind) {
      case FLIP_BITS -> flipped(text, random);
      case CUT -> random.nextBoolean() ? text.substring(0, from) : text.substring(from);
      case REMOVE -> text.substring(0, from) + text.substring(to);
      case REPEAT ->
          text.substring(0, to) + slice.repeat(1 + random.nextInt(3)) + text.substring(to);
      case REPEAT_WITHOUT_END ->
          text.substring(0, to)
              + slice.repeat(Math.min(2_000, 1 + 40_000 / Math.max(1, slice.length())))
              + text.substring(to);
      case SWAP_LINES -> swapped(text, random.nextBoolean() ? "\r" : "\n", random);
      case SWAP_WORDS -> swapped(text, one(List.of("|", "^", ",", "\"", ":"), random), random);
      case INSERT_AN_ODDITY -> text.substring(0, from) + odd(random) + text.substring(from);
      case REPLACE_A_WORD -> replaced(text, WORD, odd(random), random);
      case REPLACE_A_NUMBER -> replaced(text, NUMBER, latin(one(NUMBERS, random)), random);
      case NEST ->
          text.substring(0, from)
              + one(NESTING, random).repeat(1 + random.nextInt(20_000))
              + text.substring(from);
      case SWELL ->
          replaced(
              text,
              WORD,
              latin(one(List.of("x", " ", "\u00e9", "9", "\ud83d\ude00"), random))
                  .repeat(1 + random.nextInt(60_000)),
              random);
      case ANOTHER_CHARSET -> inAnotherCharset(text, random);
      case GO_ON_AS_ANOTHER -> text;
    };
  }

  private static String flipped(String text, Random random) {
    char[] chars = text.toCharArray();
    for (int times = 1 + random.nextInt(3); times > 0 && chars.length > 0; times--) {
      chars[random.nextInt(chars.length)] ^= (char) (1 << random.nextInt(8));
    }
    return new String(chars);
  }

  private static String swapped(String text, String between, Random random) {
    List<String> pieces = new ArrayList<>(List.of(text.split(Pattern.quote(between), -1)));
    Collections.swap(pieces, random.nextInt(pieces.size()), random.nextInt(pieces.size()));
    return String.join(between, pieces);
  }

  private static String replaced(String text, Pattern what, String by, Random random) {
    List<int[]> found = new ArrayList<>();
    Matcher matcher = what.matcher(text);
    while (matcher.find()) {
      found.add(new int[] {matcher.start(), matcher.end()});
    }
    if (found.isEmpty()) {
      return text + by;
    }
    int[] one = one(found, random);
    return text.substring(0, one[0]) + by + text.substring(one[1]);
  }

  private static String odd(Random random) {
    return random.nextInt(6) == 0 ? one(NO_TEXT, random) : latin(one(ODD, random));
  }

  private static String inAnotherCharset(String text, Random random) {
    String meant = new String(text.getBytes(ISO_8859_1), UTF_8);
    return switch (random.nextInt(4)) {
      case 0 -> new String(meant.getBytes(UTF_16LE), ISO_8859_1);
      case 1 -> latin(latin(meant));
      case 2 -> new String((meant + "\u00e9").getBytes(ISO_8859_1), ISO_8859_1);
      default -> Base64.getEncoder().encodeToString(meant.getBytes(UTF_8));
    };
  }

  /** UTF-8, a character for each byte. */
  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private static List<Path> cases(String channel) {
    try (Stream<Path> files = Files.walk(CASES.resolve(channel))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("received."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return CASES.relativize(from) + " spoilt by " + changes;
  }
}
