package io.fingerpost.routes.inbound.socialcare;

/**
 * What stands in a file from one line to the next, quoted line breaks within.
 *
 * @param line on which it begins, the first of the file being 1
 * @param text as it stands there, without the line break at its end
 * @param whole false where its quotes do not agree, or where it is too long
 */
record RowText(long line, String text, boolean whole) {

  @Override
  public String toString() {
    return "RowText[line=" + line + "]";
  }
}
