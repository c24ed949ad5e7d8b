package io.fingerpost.profiles.measures;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.terminology.SystemUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.ObservationDefinition;
import org.hl7.fhir.r4.model.Resource;

/**
 * The measures a scheme keeps. Which there are stands in the code system {@code measure}; what is
 * published of each score, in {@code measures/ObservationDefinition-<code>.json}. Adding a measure
 * is adding its codes and its files.
 */
public final class Measures {

  private final Map<String, ScoreDefinition> scores;

  private Measures(Map<String, ScoreDefinition> scores) {
    this.scores = scores;
  }

  /** Those that come with the program. */
  public static Measures shipped(FhirContext context) {
    CodeSystem codes = read(context, "/codesystems/CodeSystem-measure.json", CodeSystem.class);
    Map<String, ScoreDefinition> scores = new LinkedHashMap<>();
    for (String code : scoresIn(codes.getConcept())) {
      String file = "/measures/ObservationDefinition-" + code + ".json";
      scores.put(code, ScoreReader.of(read(context, file, ObservationDefinition.class)));
    }
    return new Measures(scores);
  }

  private static List<String> scoresIn(List<ConceptDefinitionComponent> concepts) {
    List<String> codes = new ArrayList<>();
    for (ConceptDefinitionComponent concept : concepts) {
      if (concept.getProperty().stream()
          .anyMatch(is -> "score".equals(is.getValue().primitiveValue()))) {
        codes.add(concept.getCode());
      }
      codes.addAll(scoresIn(concept.getConcept()));
    }
    return codes;
  }

  private static <R extends Resource> R read(FhirContext context, String file, Class<R> type) {
    try (InputStream stream = Objects.requireNonNull(Measures.class.getResourceAsStream(file))) {
      return context.newJsonParser().parseResource(type, stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every score there is, in the order of the code system. */
  public List<ScoreDefinition> all() {
    return List.copyOf(scores.values());
  }

  /** What is known of a score by its code. */
  public Optional<ScoreDefinition> score(String code) {
    return Optional.ofNullable(scores.get(code));
  }

  /** The scores of a measure; empty where a code names no measure. */
  public List<ScoreDefinition> scoresOf(String measure) {
    return scores.values().stream().filter(score -> score.measure().equals(measure)).toList();
  }

  /** Whether a code is of the system that measures have their codes in. */
  public static boolean isSystem(String system) {
    return SystemUrl.MEASURE.url().equals(system);
  }

  /**
   * The scores that the answers to a measure's items make. A score none of whose items is answered
   * is not there; one that lacks some of them is never estimated.
   *
   * @param answers by item code; a score that is asked for as such is an item of its own
   * @throws ScoringRefused naming every item that is missing, unknown or outside its range
   */
  public List<Score> score(String measure, Map<String, BigDecimal> answers) {
    Set<ItemFault> faults = new TreeSet<>();
    Set<String> known = new TreeSet<>();
    List<Score> made = new ArrayList<>();
    for (ScoreDefinition definition : scoresOf(measure)) {
      known.addAll(definition.items());
      List<ItemFault> wrong = definition.faults(answers);
      faults.addAll(wrong);
      if (wrong.isEmpty() && definition.isAnswered(answers)) {
        made.add(definition.scoreOf(answers));
      }
    }
    for (String item : answers.keySet()) {
      if (!known.contains(item)) {
        faults.add(new ItemFault(ItemFault.Code.ITEM_UNKNOWN, item));
      }
    }
    if (!faults.isEmpty()) {
      throw new ScoringRefused(List.copyOf(faults));
    }
    return made;
  }
}
