package io.fingerpost.server.outcomes;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.hl7.fhir.r5.utils.sql.Cell;
import org.hl7.fhir.r5.utils.sql.Column;
import org.hl7.fhir.r5.utils.sql.Value;

/** Writes newline-delimited JSON: an object for each row, with every column in it, null or not. */
final class NdjsonRows implements TableRows {
  private static final JsonFactory JSON =
      JsonFactory.builder().build().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private final JsonGenerator json;

  NdjsonRows(OutputStream out) {
    try {
      json = JSON.createGenerator(out, JsonEncoding.UTF8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Jackson sets its separator before every root value but the first; the line ends are ours.
    json.setPrettyPrinter(new MinimalPrettyPrinter(""));
  }

  @Override
  public void begin(List<Column> columns) {
    // Every object names its columns itself.
  }

  @Override
  public void add(List<Cell> cells) throws IOException {
    json.writeStartObject();
    for (Cell cell : cells) {
      json.writeFieldName(cell.getColumn().getName());
      write(cell);
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void end() throws IOException {
    json.flush();
  }

  private void write(Cell cell) throws IOException {
    List<Value> values = cell.getValues();
    if (cell.getColumn().isColl()) {
      json.writeStartArray();
      for (Value value : values) {
        write(value);
      }
      json.writeEndArray();
    } else if (values.isEmpty()) {
      json.writeNull();
    } else {
      write(values.get(0));
    }
  }

  private void write(Value value) throws IOException {
    if (value.hasValueInt()) {
      json.writeNumber(value.getValueInt());
    } else if (value.hasValueDecimal()) {
      json.writeNumber(value.getValueDecimal().toPlainString());
    } else if (value.hasValueBoolean()) {
      json.writeBoolean(value.getValueBoolean());
    } else {
      json.writeString(value.getValueString());
    }
  }
}
