package io.fingerpost.routes.inbound.socialcare;

import java.util.regex.Pattern;

/**
 * The name a council gave a file, made safe: it becomes the name of other files, here and on the
 * council's own server, so whatever might mean something to a shell, a path or an expression
 * becomes an underscore.
 *
 * @param value of letters, digits, blanks and {@code . _ ( ) -}, at most 120 characters
 */
record FileName(String value) {

  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9 ._()-]");
  private static final Pattern STILL_BEING_WRITTEN =
      Pattern.compile("(?i)[.~].*|.*(\\.(part|partial|tmp|temp|filepart|crdownload|lock)|~)");
  private static final Pattern SEALED = Pattern.compile("(?i)\\.(pgp|gpg|asc)$");
  private static final Pattern ROWS = Pattern.compile("(?i)\\.csv$");
  private static final int LONGEST = 120;

  static FileName of(String sent) {
    String safe = UNSAFE.matcher(sent).replaceAll("_").strip();
    if (safe.isEmpty() || safe.startsWith(".")) {
      safe = "_" + safe;
    }
    return new FileName(safe.length() > LONGEST ? safe.substring(safe.length() - LONGEST) : safe);
  }

  /** Senders write under such a name and give the file its own when it is whole. */
  static boolean isStillBeingWritten(String sent) {
    return STILL_BEING_WRITTEN.matcher(sent).matches();
  }

  boolean isSealed() {
    return SEALED.matcher(value).find();
  }

  boolean isOfRows() {
    return ROWS.matcher(unsealed()).find();
  }

  /** {@code NAME.csv} and {@code NAME.csv.pgp} both have {@code NAME.result.csv}. */
  String result() {
    String unsealed = unsealed();
    return (isOfRows() ? ROWS.matcher(unsealed).replaceAll("") : unsealed) + ".result.csv";
  }

  private String unsealed() {
    return SEALED.matcher(value).replaceAll("");
  }

  /** Never itself: names of files have names of people in them. */
  @Override
  public String toString() {
    return "FileName[" + value.length() + " characters]";
  }
}
