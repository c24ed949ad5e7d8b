package io.fingerpost.server.outcomes;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.hl7.fhir.r5.utils.sql.Cell;
import org.hl7.fhir.r5.utils.sql.Column;
import org.hl7.fhir.r5.utils.sql.ColumnKind;
import org.hl7.fhir.r5.utils.sql.Value;

/**
 * Writes RFC 4180 CSV in UTF-8 with a header row. Text that a spreadsheet would run as a formula is
 * written with an apostrophe before it.
 */
final class CsvRows implements TableRows {
  private static final CSVFormat FORMAT = CSVFormat.RFC4180;
  private static final String STARTS_OF_FORMULAS = "=+-@\t\r\n";
  private static final String BETWEEN_VALUES = ";";

  private final Writer out;

  CsvRows(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  @Override
  public void begin(List<Column> columns) throws IOException {
    FORMAT.printRecord(out, columns.stream().map(Column::getName).toArray());
  }

  @Override
  public void add(List<Cell> cells) throws IOException {
    FORMAT.printRecord(out, cells.stream().map(CsvRows::text).toArray());
  }

  @Override
  public void end() throws IOException {
    out.flush();
  }

  private static String text(Cell cell) {
    String text =
        cell.getValues().stream().map(CsvRows::text).collect(Collectors.joining(BETWEEN_VALUES));
    return isNumeric(cell) || !startsLikeAFormula(text) ? text : "'" + text;
  }

  private static String text(Value value) {
    return value.hasValueDecimal()
        ? value.getValueDecimal().toPlainString()
        : value.getValueString();
  }

  private static boolean startsLikeAFormula(String text) {
    return !text.isEmpty() && STARTS_OF_FORMULAS.indexOf(text.charAt(0)) >= 0;
  }

  // Several numbers in one cell are text to a spreadsheet again.
  private static boolean isNumeric(Cell cell) {
    ColumnKind kind = cell.getColumn().getKind();
    return cell.getValues().size() <= 1
        && (kind == ColumnKind.Integer || kind == ColumnKind.Decimal);
  }
}
