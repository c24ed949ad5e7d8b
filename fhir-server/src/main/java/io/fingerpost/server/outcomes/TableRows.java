package io.fingerpost.server.outcomes;

import java.io.IOException;
import java.util.List;
import org.hl7.fhir.r5.utils.sql.Cell;
import org.hl7.fhir.r5.utils.sql.Column;

/** Where the rows of one table go, one after the other; nothing is kept back but a buffer. */
interface TableRows {

  void begin(List<Column> columns) throws IOException;

  /** One row, its cells in the order of the columns. */
  void add(List<Cell> cells) throws IOException;

  /** Writes out what is buffered; the stream stays open, it is the caller's. */
  void end() throws IOException;
}
