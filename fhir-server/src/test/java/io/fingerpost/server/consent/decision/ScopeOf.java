package io.fingerpost.server.consent.decision;

import java.util.Set;

/** Scopes with one criterion changed. */
final class ScopeOf {

  private ScopeOf() {}

  static Scope recipients(Scope from, Recipients to) {
    return new Scope(to, from.purposes(), from.content(), from.period());
  }

  static Scope purposes(Scope from, Set<String> to) {
    return new Scope(from.recipients(), to, from.content(), from.period());
  }

  static Scope classes(Scope from, Set<String> to) {
    Content content = from.content();
    return content(from, new Content(to, content.data(), content.labels(), content.dated()));
  }

  static Scope data(Scope from, Content.Data to) {
    Content content = from.content();
    return content(from, new Content(content.classes(), to, content.labels(), content.dated()));
  }

  static Scope labels(Scope from, Set<String> to) {
    Content content = from.content();
    return content(from, new Content(content.classes(), content.data(), to, content.dated()));
  }

  static Scope dated(Scope from, Period to) {
    Content content = from.content();
    return content(from, new Content(content.classes(), content.data(), content.labels(), to));
  }

  static Scope period(Scope from, Period to) {
    return new Scope(from.recipients(), from.purposes(), from.content(), to);
  }

  private static Scope content(Scope from, Content to) {
    return new Scope(from.recipients(), from.purposes(), to, from.period());
  }
}
