package io.fingerpost.routes.inbound.socialcare;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/**
 * Parts a file into its rows by RFC 4180: a line break within quotes is part of the row. A row
 * whose quotes do not agree ends with its line, and what follows is read afresh, so that one bad
 * row costs no other. It holds one row at a time, whatever is in the file.
 */
final class RowReader implements Closeable {

  private static final int END = -1;

  private enum At {
    CELL_START,
    BARE,
    QUOTED,
    AFTER_QUOTE,
    /** Where RFC 4180 has no such character. */
    AMISS
  }

  private final Reader text;
  private final char delimiter;
  private final int longest;

  /** What was read past the end of a bad row, to be read again; its characters are not copied. */
  private CharSequence again = "";

  private int position;
  private int peeked = END - 1;
  private long line = 1;

  RowReader(Reader text, char delimiter, int longest) {
    this.text = text;
    this.delimiter = delimiter;
    this.longest = longest;
  }

  /** The next row that is not an empty line; empty at the end of the file. */
  Optional<RowText> next() throws IOException {
    while (true) {
      long begins = line;
      StringBuilder row = new StringBuilder();
      boolean any = false;
      boolean whole = true;
      At at = At.CELL_START;
      boolean ended = false;
      while (!ended) {
        int read = read();
        if (read == END) {
          ended = true;
          whole = whole && at != At.QUOTED;
          continue;
        }
        any = true;
        char c = (char) read;
        if (at != At.QUOTED && isLineEnd(c)) {
          line++;
          ended = true;
          continue;
        }
        row.append(c);
        if (c == '\n') {
          line++;
        }
        if (row.length() > longest) {
          whole = false;
          ended = true;
          continue;
        }
        at = next(at, c, row);
        if (at == At.AMISS) {
          whole = false;
          ended = true;
        }
      }
      if (!whole) {
        return Optional.of(cutAtItsLine(begins, row));
      }
      if (!row.isEmpty()) {
        return Optional.of(new RowText(begins, row.toString(), true));
      }
      if (!any) {
        return Optional.empty();
      }
    }
  }

  /** Where reading stands after this character. */
  private At next(At at, char c, StringBuilder row) {
    if (c == delimiter && at != At.QUOTED) {
      return At.CELL_START;
    }
    return switch (at) {
      case CELL_START -> c == '"' ? At.QUOTED : At.BARE;
      case BARE -> c == '"' && isBlankCell(row) ? At.AMISS : At.BARE;
      case QUOTED -> c == '"' ? At.AFTER_QUOTE : At.QUOTED;
      case AFTER_QUOTE -> c == '"' ? At.QUOTED : At.AMISS;
      case AMISS -> At.AMISS;
    };
  }

  /** {@code a, "b, c"}: a quote after blanks means to open, and RFC 4180 says it does not. */
  private boolean isBlankCell(StringBuilder row) {
    for (int i = row.length() - 2; i >= 0 && row.charAt(i) != delimiter; i--) {
      if (row.charAt(i) != ' ') {
        return false;
      }
    }
    return true;
  }

  /** The row is its first line; the rest of what was read, and what follows it, is read again. */
  private RowText cutAtItsLine(long begins, StringBuilder row) throws IOException {
    int end = 0;
    while (end < row.length() && row.charAt(end) != '\n' && row.charAt(end) != '\r') {
      end++;
    }
    line = begins + 1;
    if (end == row.length()) {
      readRestOfLine(row);
      return new RowText(begins, row.toString(), false);
    }
    int from = end + (row.charAt(end) == '\r' && charAt(row, end + 1) == '\n' ? 2 : 1);
    again = row.substring(from) + again.subSequence(position, again.length());
    position = 0;
    return new RowText(begins, row.substring(0, end), false);
  }

  private static int charAt(StringBuilder row, int index) {
    return index < row.length() ? row.charAt(index) : END;
  }

  private void readRestOfLine(StringBuilder row) throws IOException {
    int read = read();
    while (read != END && !isLineEnd((char) read)) {
      if (row.length() < longest) {
        row.append((char) read);
      }
      read = read();
    }
  }

  /** CR LF, LF, or CR alone. */
  private boolean isLineEnd(char c) throws IOException {
    if (c == '\r') {
      if (peek() == '\n') {
        read();
      }
      return true;
    }
    return c == '\n';
  }

  private int peek() throws IOException {
    if (position < again.length()) {
      return again.charAt(position);
    }
    if (peeked == END - 1) {
      peeked = text.read();
    }
    return peeked;
  }

  private int read() throws IOException {
    if (position < again.length()) {
      return again.charAt(position++);
    }
    if (peeked != END - 1) {
      int read = peeked;
      peeked = END - 1;
      return read;
    }
    return text.read();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
