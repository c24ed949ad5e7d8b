package io.fingerpost.terminology;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.jspecify.annotations.Nullable;

/**
 * One ConceptMap, read so that each code has one meaning or, said with a reason, none. A target
 * that would say more than the code did is no meaning: making it one would be a guess.
 */
final class Meanings {

  private static final Set<ConceptMapEquivalence> NO_LESS_GENERAL =
      Set.of(
          ConceptMapEquivalence.EQUAL,
          ConceptMapEquivalence.EQUIVALENT,
          ConceptMapEquivalence.WIDER,
          ConceptMapEquivalence.SUBSUMES);

  private final String url;
  private final String firstSystem;
  private final Map<String, Map<String, Translation>> bySystem = new HashMap<>();
  private final Map<String, Translation> byCode = new HashMap<>();

  Meanings(ConceptMap map) {
    this.url = map.getUrl();
    this.firstSystem = map.getGroupFirstRep().getSource();
    map.getGroup().forEach(this::read);
  }

  /**
   * @param system null when the code stood where only this map's codes may
   */
  Translation of(@Nullable String system, String code) {
    Translation found =
        system == null ? byCode.get(code) : bySystem.getOrDefault(system, Map.of()).get(code);
    if (found == null) {
      return new Translation.Unmapped(system == null ? firstSystem : system, code, false);
    }
    return found instanceof Translation.Mapped mapped
        ? new Translation.Mapped(mapped.coding().copy())
        : found;
  }

  private void read(ConceptMapGroupComponent group) {
    Map<String, Translation> ofSystem =
        bySystem.computeIfAbsent(group.getSource(), system -> new HashMap<>());
    for (SourceElementComponent element : group.getElement()) {
      Translation meaning = meaning(group, element);
      Translation before = byCode.putIfAbsent(element.getCode(), meaning);
      if (ofSystem.put(element.getCode(), meaning) != null
          || before != null && !before.code().equals(meaning.code())) {
        throw faulty(element, "does not say one thing about");
      }
    }
  }

  private Translation meaning(ConceptMapGroupComponent group, SourceElementComponent element) {
    if (element.getTarget().size() != 1) {
      throw faulty(element, "does not say one thing about");
    }
    TargetElementComponent target = element.getTargetFirstRep();
    if (target.getEquivalence() == ConceptMapEquivalence.UNMATCHED) {
      if (target.hasCode() || !target.hasComment()) {
        throw faulty(element, "has to say why, and nothing else, about the unmatched");
      }
      return new Translation.Unmapped(group.getSource(), element.getCode(), true);
    }
    boolean explained =
        target.getEquivalence() == ConceptMapEquivalence.INEXACT && target.hasComment();
    if (!target.hasCode() || !explained && !NO_LESS_GENERAL.contains(target.getEquivalence())) {
      throw faulty(element, "guesses about");
    }
    return new Translation.Mapped(
        new Coding().setSystem(group.getTarget()).setCode(target.getCode()));
  }

  private IllegalStateException faulty(SourceElementComponent element, String what) {
    return new IllegalStateException(url + " " + what + " " + element.getCode());
  }
}
