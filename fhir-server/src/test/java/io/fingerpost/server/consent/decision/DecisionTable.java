package io.fingerpost.server.consent.decision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of the decision tables in {@code docs/consent.md}. */
final class DecisionTable {
  private static final Path PAGE = Path.of("..", "docs", "consent.md");
  private static final String HEADER = "| Case | Consents on record |";
  private static final Pattern ABOUT =
      Pattern.compile(
          "(?<type>\\w+)(?<id>/\\w+)?(?: coded (?<codes>\\S+))?(?: by (?<author>\\S+))?"
              + "(?: labelled (?<labels>\\S+))?(?: dated (?<dated>\\S+))?"
              + "(?: about (?<about>\\S+))?");

  /** One row: a question, the consents, and the answer the page promises. */
  record Row(
      String name,
      List<ConsentRecord> consents,
      ShareQuestion question,
      boolean permits,
      ShareReason reason) {

    @Override
    public String toString() {
      return name;
    }
  }

  private DecisionTable() {}

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    boolean inTable = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith(HEADER)) {
        inTable = true;
      } else if (!line.startsWith("|")) {
        inTable = false;
      } else if (inTable && !line.startsWith("|---")) {
        rows.add(row(Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList()));
      }
    }
    return rows;
  }

  private static Row row(List<String> cells) {
    String[] recipient = cells.get(2).split(" ");
    ShareQuestion question =
        new ShareQuestion(
            "Patient/1",
            new Recipient(recipient[0], recipient[1]),
            cells.get(3),
            resource(cells.get(4)),
            instant(cells.get(5)),
            override(recipient));
    boolean permits =
        switch (cells.get(6)) {
          case "yes" -> true;
          case "no" -> false;
          default -> throw new IllegalArgumentException("neither yes nor no: " + cells);
        };
    return new Row(
        cells.get(0), consents(cells.get(1)), question, permits, ShareReason.valueOf(cells.get(7)));
  }

  private static List<ConsentRecord> consents(String cell) {
    List<ConsentRecord> consents = new ArrayList<>();
    Stream.of(cell.replace("`", "").split("<br>"))
        .filter(text -> !text.equals("none"))
        .forEach(text -> consents.add(ConsentNotation.read("Consent/" + consents.size(), text)));
    return consents;
  }

  private static ResourceFacts resource(String cell) {
    Matcher about = ABOUT.matcher(cell);
    if (!about.matches()) {
      throw new IllegalArgumentException("not a resource: " + cell);
    }
    String id = about.group("id");
    String type = about.group("type");
    return new ResourceFacts(
        type,
        set(about.group("codes")),
        set(about.group("labels")),
        new ResourceFacts.Origin(about.group("author"), dated(about.group("dated"))),
        id == null ? null : type + id,
        set(about.group("about")));
  }

  /** A day, or days from the first to the last: {@code 2026-01-10..2026-02-10}. */
  private static @Nullable Period dated(@Nullable String days) {
    if (days == null) {
      return null;
    }
    String[] ends = days.split("\\.\\.");
    return new Period(
        ConsentNotation.startOf(ends[0]), ConsentNotation.startOfDayAfter(ends[ends.length - 1]));
  }

  /** {@code Z9H01 hospital with emergency until 2026-03-01}. */
  private static @Nullable GrantedOverride override(String[] asker) {
    return asker.length == 2
        ? null
        : new GrantedOverride(
            GrantedOverride.Kind.valueOf(asker[3].toUpperCase(Locale.ROOT)),
            instant(asker[5]),
            "Communication/1");
  }

  private static Set<String> set(@Nullable String values) {
    return values == null ? Set.of() : Set.of(values.split("\\+"));
  }

  private static Instant instant(String cell) {
    return cell.contains("T")
        ? Instant.parse(cell)
        : LocalDate.parse(cell).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
  }
}
