package io.fingerpost.server.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r5.utils.sql.Cell;
import org.hl7.fhir.r5.utils.sql.Column;
import org.hl7.fhir.r5.utils.sql.ColumnKind;
import org.hl7.fhir.r5.utils.sql.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {
  private static final Column WORDS = new Column("words", false, "string", ColumnKind.String);
  private static final Column MANY = new Column("many", true, "string", ColumnKind.String);
  private static final Column NUMBER = new Column("number", false, "decimal", ColumnKind.Decimal);

  @Test
  void writesAHeaderAndEndsLinesWithCrLf() throws IOException {
    assertThat(written(cell(WORDS, "a"), cell(MANY, "b", "c"), number("1.50")))
        .isEqualTo("words,many,number\r\na,b;c,1.50\r\n");
  }

  @Test
  void quotesWhatWouldBreakARow() throws IOException {
    assertThat(row(cell(WORDS, "one, \"two\"\r\nthree"), cell(MANY), cell(NUMBER)))
        .isEqualTo("\"one, \"\"two\"\"\r\nthree\",,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+44", "-2", "@SUM(A1)", "\tx", "\rx", "\nx"})
  void writesNoTextThatASpreadsheetWouldRun(String words) throws IOException {
    assertThat(row(cell(WORDS, words), cell(MANY, words, words), cell(NUMBER)))
        .matches(row -> row.startsWith("'" + words) || row.startsWith("\"'" + words))
        .matches(row -> row.contains(",'" + words) || row.contains(",\"'" + words));
  }

  @Test
  void leavesNegativeNumbersNumbers() throws IOException {
    assertThat(row(cell(WORDS, "a"), cell(MANY), number("-2.5"))).isEqualTo("a,,-2.5");
  }

  private static Cell cell(Column column, String... values) {
    Cell cell = new Cell(column);
    List.of(values).forEach(value -> cell.getValues().add(Value.makeString(value)));
    return cell;
  }

  private static Cell number(String value) {
    return new Cell(NUMBER, Value.makeDecimal(value, new BigDecimal(value)));
  }

  private static String row(Cell... cells) throws IOException {
    String written = written(cells);
    return written.substring(written.indexOf("\r\n") + 2, written.length() - 2);
  }

  private static String written(Cell... cells) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvRows rows = new CsvRows(out);
    rows.begin(List.of(WORDS, MANY, NUMBER));
    rows.add(List.of(cells));
    rows.end();
    return out.toString(StandardCharsets.UTF_8);
  }
}
