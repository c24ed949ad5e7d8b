package io.fingerpost.server.consent.decision;

import java.util.Comparator;

/**
 * How closely an answer fits its question: first by recipient, then by content, then by purpose.
 *
 * @param recipient 2 names the organisation, 1 its kind, 0 anyone
 * @param content 2 names the very record, 1 its class, author or time, 0 anything
 * @param purpose 1 names the purpose, 0 any
 */
record Specificity(int recipient, int content, int purpose) implements Comparable<Specificity> {
  static final Specificity ANYONE = new Specificity(0, 0, 0);

  /** Below all that a person has said: what is inferred never outranks what is expressed. */
  static final Specificity INFERRED = new Specificity(-1, 0, 0);

  /** Above all that was understood: the part not understood may have been as specific as can be. */
  static final Specificity UNREADABLE = new Specificity(3, 0, 0);

  private static final Comparator<Specificity> ORDER =
      Comparator.comparingInt(Specificity::recipient)
          .thenComparingInt(Specificity::content)
          .thenComparingInt(Specificity::purpose);

  /** An exception is at least as specific as what it is an exception to. */
  Specificity narrowedBy(Scope scope, ShareQuestion question) {
    return new Specificity(
        Math.max(recipient, recipientNamedBy(scope.recipients(), question.recipient())),
        Math.max(content, scope.content().closenessTo(question.resource())),
        Math.max(purpose, scope.purposes().isEmpty() ? 0 : 1));
  }

  private static int recipientNamedBy(Recipients recipients, Recipient asker) {
    if (recipients.name(asker)) {
      return 2;
    }
    return recipients.nameKindOf(asker) ? 1 : 0;
  }

  @Override
  public int compareTo(Specificity other) {
    return ORDER.compare(this, other);
  }
}
