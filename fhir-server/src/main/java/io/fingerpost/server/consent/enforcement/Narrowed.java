package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.rest.api.server.RequestDetails;

/**
 * Marks a search that finds only what its asker may see, where the store is asked. Its totals tell
 * of nothing else and may be given.
 */
public final class Narrowed {

  private static final String KEY = Narrowed.class.getName();

  private Narrowed() {}

  public static void mark(RequestDetails request) {
    request.getUserData().put(KEY, Boolean.TRUE);
  }

  /** Something was found all the same, and held back when it was to be shown. */
  static void unmark(RequestDetails request) {
    request.getUserData().remove(KEY);
  }

  static boolean is(RequestDetails request) {
    return request.getUserData().containsKey(KEY);
  }
}
