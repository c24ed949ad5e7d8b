package io.fingerpost.server.consent.decision;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules need to know of a resource.
 *
 * @param type FHIR resource type
 * @param codes codes of its class, category and code elements
 * @param labels codes of its security labels
 * @param reference {@code Type/id}; null when it is not stored yet
 * @param references {@code Type/id} of all that it refers to
 */
public record ResourceFacts(
    String type,
    Set<String> codes,
    Set<String> labels,
    Origin origin,
    @Nullable String reference,
    Set<String> references) {

  public ResourceFacts {
    codes = Set.copyOf(codes);
    labels = Set.copyOf(labels);
    references = Set.copyOf(references);
  }

  /**
   * Where its content comes from.
   *
   * @param author ODS code of the organisation that sent or wrote it, the scheme's own included;
   *     null when that is not known
   * @param dated the time it speaks of; null when that is not known
   */
  public record Origin(@Nullable String author, @Nullable Period dated) {
    public static final Origin UNKNOWN = new Origin(null, null);
  }

  /** Something of a kind, with no record of it at hand. */
  public static ResourceFacts ofType(String type) {
    return new ResourceFacts(type, Set.of(), Set.of(), Origin.UNKNOWN, null, Set.of());
  }
}
