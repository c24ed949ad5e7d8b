package io.fingerpost.server.consent.decision;

import java.util.Set;

/** Scopes with one criterion changed. */
final class ScopeOf {

  private ScopeOf() {}

  static Scope recipients(Scope from, Recipients to) {
    return new Scope(
        to, from.purposes(), from.classes(), from.data(), from.labels(), from.period());
  }

  static Scope purposes(Scope from, Set<String> to) {
    return new Scope(
        from.recipients(), to, from.classes(), from.data(), from.labels(), from.period());
  }

  static Scope classes(Scope from, Set<String> to) {
    return new Scope(
        from.recipients(), from.purposes(), to, from.data(), from.labels(), from.period());
  }

  static Scope data(Scope from, Set<String> to) {
    return new Scope(
        from.recipients(), from.purposes(), from.classes(), to, from.labels(), from.period());
  }

  static Scope labels(Scope from, Set<String> to) {
    return new Scope(
        from.recipients(), from.purposes(), from.classes(), from.data(), to, from.period());
  }

  static Scope period(Scope from, Period to) {
    return new Scope(
        from.recipients(), from.purposes(), from.classes(), from.data(), from.labels(), to);
  }
}
