package io.fingerpost.server.consent.decision;

import java.util.Set;

/**
 * What a provision speaks of. Inside one criterion any value will do; all criteria must hold; an
 * empty criterion holds for everything.
 *
 * @param purposes v3-ActReason codes
 * @param classes resource types, or codes of their class, category or code
 * @param data references of single resources, {@code Type/id}
 * @param labels confidentiality and sensitivity codes
 */
public record Scope(
    Recipients recipients,
    Set<String> purposes,
    Set<String> classes,
    Set<String> data,
    Set<String> labels,
    Period period) {
  public static final Scope EVERYTHING =
      new Scope(Recipients.ANYONE, Set.of(), Set.of(), Set.of(), Set.of(), Period.ALWAYS);

  public Scope {
    purposes = Set.copyOf(purposes);
    classes = Set.copyOf(classes);
    data = Set.copyOf(data);
    labels = Set.copyOf(labels);
  }

  boolean holdsFor(ResourceFacts resource) {
    return holdsForClass(resource) && holdsForRecord(resource) && holdsForLabels(resource);
  }

  private boolean holdsForClass(ResourceFacts resource) {
    return classes.isEmpty()
        || classes.contains(resource.type())
        || resource.codes().stream().anyMatch(classes::contains);
  }

  private boolean holdsForRecord(ResourceFacts resource) {
    return data.isEmpty() || (resource.reference() != null && data.contains(resource.reference()));
  }

  private boolean holdsForLabels(ResourceFacts resource) {
    return labels.isEmpty() || Labels.on(resource).stream().anyMatch(labels::contains);
  }
}
