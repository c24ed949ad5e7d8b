package io.fingerpost.server.consent.decision;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One rule of a consent, with the exceptions to it.
 *
 * @param readable whether all of it was understood. What was not never opens anything: from here
 *     down a permit says nothing and a deny outranks every permit, so whoever clears this flag
 *     drops the criteria that were not understood.
 */
public record Provision(Type type, boolean readable, Scope scope, List<Provision> exceptions) {

  /** What a provision does to what it speaks of. */
  public enum Type {
    PERMIT,
    DENY
  }

  public Provision {
    exceptions = List.copyOf(exceptions);
  }

  boolean permitsAt(Instant at) {
    return type == Type.PERMIT && readable && scope.period().contains(at);
  }

  boolean looksAround() {
    return scope.content().looksAround() || exceptions.stream().anyMatch(Provision::looksAround);
  }

  Stream<Instant> turningPoints() {
    return Stream.concat(
        scope.period().turningPoints(), exceptions.stream().flatMap(Provision::turningPoints));
  }

  /** The same provision where everything it speaks of, exceptions included, is refused. */
  Provision refused() {
    return new Provision(
        Type.DENY, readable, scope, exceptions.stream().map(Provision::refused).toList());
  }
}
