package io.fingerpost.server.consent.decision;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules need to know of a resource.
 *
 * @param type FHIR resource type
 * @param codes codes of its class, category and code elements
 * @param labels codes of its security labels
 * @param author ODS code of the organisation that sent or wrote it, the scheme's own included; null
 *     when that is not known
 * @param reference {@code Type/id}; null when it is not stored yet
 */
public record ResourceFacts(
    String type,
    Set<String> codes,
    Set<String> labels,
    @Nullable String author,
    @Nullable String reference) {

  public ResourceFacts {
    codes = Set.copyOf(codes);
    labels = Set.copyOf(labels);
  }
}
