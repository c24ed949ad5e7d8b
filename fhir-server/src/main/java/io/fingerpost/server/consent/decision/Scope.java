package io.fingerpost.server.consent.decision;

import java.util.Set;

/**
 * What a provision speaks of. Inside one criterion any value will do; all criteria must hold; an
 * empty criterion holds for everything.
 *
 * @param purposes v3-ActReason codes
 */
public record Scope(Recipients recipients, Set<String> purposes, Content content, Period period) {
  public static final Scope EVERYTHING =
      new Scope(Recipients.ANYONE, Set.of(), Content.ANYTHING, Period.ALWAYS);

  public Scope {
    purposes = Set.copyOf(purposes);
  }
}
