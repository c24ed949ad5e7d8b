package io.fingerpost.server.outcomes;

import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How a table is written. */
public enum TableFormat {
  CSV("csv", "text/csv", CsvRows::new),
  NDJSON("ndjson", "application/x-ndjson", NdjsonRows::new);

  private final String code;
  private final String mediaType;
  private final Function<OutputStream, TableRows> writer;

  TableFormat(String code, String mediaType, Function<OutputStream, TableRows> writer) {
    this.code = code;
    this.mediaType = mediaType;
    this.writer = writer;
  }

  /** The format by its short name or its media type. */
  public static Optional<TableFormat> of(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    for (TableFormat format : values()) {
      if (wanted.equals(format.code) || wanted.equals(format.mediaType)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** Also the ending of a file's name. */
  public String code() {
    return code;
  }

  public String mediaType() {
    return mediaType;
  }

  TableRows rowsTo(OutputStream out) {
    return writer.apply(out);
  }
}
