package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.partners.FileSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Which column of a file is which of our fields, whatever their order; others are not read. */
final class Header {

  private static final String DAMAGED =
      "The row cannot be read: it has more or fewer cells than the header, or its quotes do not"
          + " agree. Put a cell with a comma, a quote or a line break in quotes, double each quote"
          + " in it, and send the row again.";

  private final Map<Field, Integer> columns;
  private final int width;
  private final CSVFormat format;
  private final Map<Field, String> names;

  private Header(
      Map<Field, Integer> columns, int width, CSVFormat format, Map<Field, String> names) {
    this.columns = columns;
    this.width = width;
    this.format = format;
    this.names = names;
  }

  /**
   * @throws MessageRefused when a needed column is missing, or one stands there twice
   */
  static Header read(RowText first, FileSettings files) {
    CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(files.separator()).get();
    List<String> headers = cells(first, format).stream().map(Field::key).toList();
    Map<Field, String> names = names(files);
    Map<Field, Integer> columns = new EnumMap<>(Field.class);
    names.forEach(
        (field, name) -> {
          int column = headers.indexOf(Field.key(name));
          if (column != headers.lastIndexOf(Field.key(name))) {
            throw MessageRefused.invalid(name, "Give each column a header of its own.");
          }
          if (column >= 0) {
            columns.put(field, column);
          }
        });
    Header header = new Header(columns, headers.size(), format, names);
    header.requireColumn(Field.REFERENCE);
    header.requireColumn(Field.FAMILY_NAME);
    if (!columns.containsKey(Field.NHS_NUMBER)) {
      header.requireColumn(Field.PERSON_ID);
    }
    return header;
  }

  /**
   * The header of each field in this council's files.
   *
   * @throws UnusableSettings when the registry names a column that there is not
   */
  static Map<Field, String> names(FileSettings files) {
    Map<Field, String> names = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      names.put(field, field.header());
    }
    files
        .columns()
        .forEach(
            (name, header) ->
                names.put(
                    Field.named(name).orElseThrow(() -> new UnusableSettings("files.columns")),
                    header));
    return names;
  }

  /**
   * @throws MessageRefused when it has not as many cells as the header
   */
  CouncilRow row(RowText text) {
    List<String> cells = cells(text, format);
    if (cells.size() != width) {
      throw damaged();
    }
    Map<Field, String> row = new EnumMap<>(Field.class);
    columns.forEach((field, column) -> row.put(field, cells.get(column)));
    return new CouncilRow(row);
  }

  /** A place of a refusal in the council's own words. */
  String inTheirWords(String location) {
    return Field.named(location).map(field -> names.getOrDefault(field, location)).orElse(location);
  }

  private void requireColumn(Field field) {
    if (!columns.containsKey(field)) {
      throw MessageRefused.missing(
          inTheirWords(field.header()),
          "The file has no such column. Begin it with a row of headers, and separate columns as"
              + " agreed.");
    }
  }

  private static List<String> cells(RowText text, CSVFormat format) {
    if (!text.whole()) {
      throw damaged();
    }
    try (CSVParser parser = CSVParser.parse(text.text(), format)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() != 1) {
        throw damaged();
      }
      List<String> cells = new ArrayList<>();
      records.get(0).forEach(cells::add);
      return cells;
    } catch (IOException | RuntimeException e) {
      throw damaged();
    }
  }

  private static MessageRefused damaged() {
    return new MessageRefused(Code.MESSAGE_MALFORMED, "row", DAMAGED);
  }
}
