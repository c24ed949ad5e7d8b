package io.fingerpost.profiles.referral;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The tables of {@code docs/referral-states.md}, row by row. */
final class ReferralPage {

  private static final Path PAGE = Path.of("..", "docs", "referral-states.md");

  private ReferralPage() {}

  static List<List<String>> states() {
    return rows("| State | Means");
  }

  static List<List<String>> moves() {
    return rows("| From | To");
  }

  static List<String> words(String cell) {
    return cell.equals("any") ? List.of() : Arrays.asList(cell.split(", "));
  }

  private static List<List<String>> rows(String heading) {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines
          .dropWhile(line -> !line.startsWith(heading))
          .skip(2)
          .takeWhile(line -> line.startsWith("|"))
          .map(line -> Arrays.asList(line.substring(2, line.length() - 2).split(" \\| ")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
