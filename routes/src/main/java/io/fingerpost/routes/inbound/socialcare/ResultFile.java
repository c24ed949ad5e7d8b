package io.fingerpost.routes.inbound.socialcare;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The file a council gets back: a row for each of its rows, in their order. Spreadsheets open it,
 * so no cell of it can begin a formula.
 *
 * <pre>
 * line,reference,result,code,what_to_do
 * 2,WX-2026-0012,accepted,,
 * 3,WX-2026-0013,refused,NHS_NUMBER_INVALID,nhs_number: The NHS number is not …
 * </pre>
 */
final class ResultFile implements Closeable {

  private final CSVPrinter rows;

  ResultFile(Path path) throws IOException {
    this.rows =
        new CSVPrinter(Files.newBufferedWriter(path, StandardCharsets.UTF_8), CSVFormat.RFC4180);
    rows.printRecord("line", "reference", "result", "code", "what_to_do");
  }

  void write(ResultRow row) throws IOException {
    rows.printRecord(
        row.line(),
        harmless(row.reference()),
        row.word().name().toLowerCase(Locale.ROOT),
        row.code(),
        begun(row.whatToDo()));
  }

  /** A reference that was refused for its form comes back in letters, digits and underscores. */
  private static String harmless(String text) {
    return begun(text.codePoints().anyMatch(ResultFile::isOdd) ? underscored(text) : text);
  }

  /** No formula begins with a letter, a digit or an underscore. */
  private static String begun(String text) {
    boolean isHarmless =
        text.isEmpty() || text.charAt(0) == '_' || Character.isLetterOrDigit(text.charAt(0));
    return isHarmless ? text : "_" + text;
  }

  private static boolean isOdd(int c) {
    return c < ' ' || c > '~' || "=+@|;\t".indexOf(c) >= 0;
  }

  private static String underscored(String text) {
    String cut = text.length() > 100 ? text.substring(0, 100) : text;
    return cut.replaceAll("[^A-Za-z0-9 ._-]", "_");
  }

  @Override
  public void close() throws IOException {
    rows.close(true);
  }
}
