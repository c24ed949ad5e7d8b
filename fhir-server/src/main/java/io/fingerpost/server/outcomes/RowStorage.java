package io.fingerpost.server.outcomes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r5.model.Base;
import org.hl7.fhir.r5.utils.sql.Cell;
import org.hl7.fhir.r5.utils.sql.Column;
import org.hl7.fhir.r5.utils.sql.ColumnKind;
import org.hl7.fhir.r5.utils.sql.Storage;
import org.hl7.fhir.r5.utils.sql.Store;
import org.hl7.fhir.r5.utils.sql.Validator.TrueFalseOrUnknown;

/** Hands each row on as HL7's runner makes it, where HL7's own storages keep the whole table. */
final class RowStorage implements Storage {
  private final TableRows rows;
  private List<Column> columns = List.of();
  private long count;

  RowStorage(TableRows rows) {
    this.rows = rows;
  }

  long count() {
    return count;
  }

  @Override
  public Store createStore(String name, List<Column> columns) {
    this.columns = columns;
    columns.forEach(RowStorage::takeDatesAsWritten);
    try {
      rows.begin(columns);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Table(name);
  }

  // The runner knows dates as R5 objects only, and stops at one in a tree. As text it passes.
  private static void takeDatesAsWritten(Column column) {
    if (column.getKind() == ColumnKind.DateTime) {
      column.setKind(ColumnKind.String);
    }
  }

  @Override
  public void addRow(Store store, List<Cell> cells) {
    try {
      rows.add(columns.stream().map(column -> cellOf(column, cells)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    count++;
  }

  /** The runner gives cells in the order it met them, some not at all, some holding one null. */
  private static Cell cellOf(Column column, List<Cell> cells) {
    for (Cell cell : cells) {
      if (cell.getColumn().getName().equals(column.getName())) {
        cell.getValues().removeIf(Objects::isNull);
        return cell;
      }
    }
    return new Cell(column);
  }

  @Override
  public void finish(Store store) {
    try {
      rows.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public TrueFalseOrUnknown supportsArrays() {
    return TrueFalseOrUnknown.TRUE;
  }

  /** A column is a value: a whole name or address in one would be neither CSV nor safe. */
  @Override
  public TrueFalseOrUnknown supportsComplexTypes() {
    return TrueFalseOrUnknown.FALSE;
  }

  @Override
  public TrueFalseOrUnknown needsName() {
    return TrueFalseOrUnknown.FALSE;
  }

  @Override
  public String getKeyForSourceResource(Base resource) {
    return resource.getIdBase();
  }

  @Override
  public String getKeyForTargetResource(Base target) {
    return target.primitiveValue();
  }

  /** HL7's class can be made by a subclass only. */
  private static final class Table extends Store {
    Table(String name) {
      super(name);
    }
  }
}
