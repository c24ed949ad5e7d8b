package io.fingerpost.routes.merging;

/** A merge that cannot be undone as things stand; the text says why, and names nobody. */
public final class UndoRefused extends RuntimeException {

  /** Stable: operators' tools may act on them. */
  public enum Code {
    MERGE_UNKNOWN,
    MERGE_UNDONE_ALREADY,
    MERGE_FOLLOWED_BY_ANOTHER
  }

  private static final long serialVersionUID = 1L;

  private final Code code;

  UndoRefused(Code code, String remedy) {
    super(remedy);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
