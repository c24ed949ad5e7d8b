package io.fingerpost.routes.reliability;

/**
 * Where something failed, without what it said: the texts of parsers and databases quote what they
 * were given, so a log gets the kinds and the places only.
 */
public final class BareFailure extends Throwable {

  private static final long serialVersionUID = 1L;

  private BareFailure(String kind, StackTraceElement[] places) {
    super(kind);
    setStackTrace(places);
  }

  public static BareFailure of(Throwable failure) {
    BareFailure bare = new BareFailure(failure.getClass().getName(), failure.getStackTrace());
    Throwable cause = failure.getCause();
    if (cause != null && cause != failure) {
      bare.initCause(of(cause));
    }
    return bare;
  }
}
