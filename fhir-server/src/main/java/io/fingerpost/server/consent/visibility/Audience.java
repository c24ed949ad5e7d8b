package io.fingerpost.server.consent.visibility;

import io.fingerpost.server.access.Caller;
import io.fingerpost.server.consent.decision.Recipient;

/**
 * Who may be looking, and what for: the same three things that a decision is made on.
 *
 * @param organisation ODS code
 * @param kind kind of organisation
 * @param purpose v3-ActReason code
 */
record Audience(String organisation, String kind, String purpose) {

  private static final String URN = "urn:fingerpost:audience:";

  /** All there are when a record is indexed; whoever comes later is gone through everything for. */
  static final String EVERYONE = URN + "everyone";

  static Audience of(Caller caller) {
    return new Audience(caller.organisation(), caller.kind(), caller.purpose());
  }

  /** As it stands in the index: {@code urn:fingerpost:audience:Z9H01:hospital:TREAT}. */
  String uri() {
    return URN + organisation + ":" + kind + ":" + purpose;
  }

  static Audience parse(String uri) {
    String[] parts = uri.substring(URN.length()).split(":", -1);
    return new Audience(parts[0], parts[1], parts[2]);
  }

  Recipient recipient() {
    return new Recipient(organisation, kind);
  }
}
