package io.fingerpost.server.access;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SMART v2 system scope: a resource type, {@code *} or an operation, and what may be done with
 * it, of create, read, update, delete and search, in this order.
 */
record Scope(String what, String permissions) {

  static final String FORM = "system/([A-Z][A-Za-z]+|\\*|\\$[a-z-]+)\\.(?=[cruds])(c?r?u?d?s?)";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  /** Empty where it is of another form: of version 1, of a user, or with a query. */
  static Optional<Scope> of(String text) {
    Matcher matcher = PATTERN.matcher(text);
    return matcher.matches()
        ? Optional.of(new Scope(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  boolean permits(char permission) {
    return permissions.indexOf(permission) >= 0;
  }

  boolean isOperation() {
    return what.startsWith("$");
  }

  /** Whether it speaks of this resource type. */
  boolean isAbout(String type) {
    return what.equals(type) || what.equals("*");
  }

  /** Whether all it permits is permitted by these together. */
  static boolean isWithin(String text, Collection<String> registered) {
    return of(text).map(scope -> scope.isWithin(registered)).orElse(false);
  }

  private boolean isWithin(Collection<String> registered) {
    return permissions
        .chars()
        .allMatch(
            permission ->
                registered.stream()
                    .flatMap(text -> of(text).stream())
                    .anyMatch(scope -> scope.covers(what) && scope.permits((char) permission)));
  }

  /** What both permit. */
  Optional<Scope> and(Scope other) {
    String common = permissions.replaceAll("[^" + other.permissions + "]", "");
    if (common.isEmpty()) {
      return Optional.empty();
    }
    if (covers(other.what)) {
      return Optional.of(new Scope(other.what, common));
    }
    return other.covers(what) ? Optional.of(new Scope(what, common)) : Optional.empty();
  }

  /** What all of these permit that those permit, too. */
  static Set<String> common(Collection<String> these, Collection<String> those) {
    Set<String> common = new TreeSet<>();
    for (String text : these) {
      if (those.contains(text)) {
        common.add(text);
      } else {
        of(text)
            .ifPresent(
                scope ->
                    those.stream()
                        .flatMap(other -> of(other).stream())
                        .flatMap(other -> scope.and(other).stream())
                        .forEach(both -> common.add(both.text())));
      }
    }
    return common;
  }

  private String text() {
    return "system/" + what + "." + permissions;
  }

  private boolean covers(String other) {
    return what.equals(other) || (what.equals("*") && !other.startsWith("$"));
  }
}
