package io.fingerpost.server.consent.decision;

import java.util.HashSet;
import java.util.Set;

/**
 * Which labels hold content back until a consent names them: all but those known to be harmless.
 */
final class Labels {
  private static final String NORMAL = "N";
  private static final Set<String> CONFIDENTIALITY = Set.of("U", "L", "M", NORMAL, "R", "V");

  /** HTEST marks test data; it says nothing about how private the data is. */
  private static final Set<String> HARMLESS = Set.of("U", "L", "M", NORMAL, "HTEST");

  private Labels() {}

  /** The labels of a resource, where one without confidentiality counts as normal. */
  static Set<String> on(ResourceFacts resource) {
    Set<String> labels = new HashSet<>(resource.labels());
    if (labels.stream().noneMatch(CONFIDENTIALITY::contains)) {
      labels.add(NORMAL);
    }
    return labels;
  }

  /** Whether every label that holds this resource back is among those named. */
  static boolean coveredBy(Set<String> named, ResourceFacts resource) {
    return resource.labels().stream()
        .allMatch(label -> HARMLESS.contains(label) || named.contains(label));
  }
}
