package io.fingerpost.profiles;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r5.context.IWorkerContext;
import org.hl7.fhir.r5.model.CanonicalType;
import org.hl7.fhir.r5.model.CodeableConcept;
import org.hl7.fhir.r5.model.DataType;
import org.hl7.fhir.r5.model.ElementDefinition;
import org.hl7.fhir.r5.model.ElementDefinition.TypeRefComponent;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a fault: what is wrong, what to do, and why our profile asks for it. The words
 * come from the definitions alone, never from the resource.
 */
final class FaultWords {
  private static final String FHIR = "http://hl7.org/fhir/StructureDefinition/";

  private final IWorkerContext definitions;

  FaultWords(IWorkerContext definitions) {
    this.definitions = definitions;
  }

  /** The sentence its profile gives a rule. */
  String ofRule(String profile, String key) {
    return elements(profile)
        .flatMap(element -> element.getConstraint().stream())
        .filter(rule -> key.equals(rule.getKey()))
        .map(rule -> rule.getHuman())
        .findFirst()
        .orElse("The rule " + key + " of " + profile + " does not hold: see its definition.");
  }

  String of(FaultKind kind, FaultLocation at) {
    String name = at.name();
    return switch (kind) {
      case FIELD_MISSING -> name + " is missing: give it." + why(at, ElementDefinition::hasMin);
      case FIELD_REPEATED ->
          name + " occurs more often than allowed." + why(at, ElementDefinition::hasMax);
      case FIELD_UNKNOWN -> name + " holds what FHIR R4 does not define there: remove it.";
      case FIELD_INVALID -> name + " is not written as FHIR R4 writes" + type(at) + ": mend it.";
      case VALUE_INVALID -> name + " must be" + fixed(at) + " here." + why(at, FaultWords::isFixed);
      case CODE_INVALID ->
          name + " has a code that is not in" + valueSet(at) + ": use one that is.";
      case REFERENCE_INVALID ->
          name + " refers to what is absent or may not stand there: refer to" + targets(at) + ".";
      case STRUCTURE_INVALID ->
          name + " is not built as FHIR R4 asks: compare it with the definition of its type.";
    };
  }

  private String why(FaultLocation at, Function<ElementDefinition, Boolean> constrained) {
    return find(at, e -> e.hasRequirements() && constrained.apply(e) ? e.getRequirements() : null)
        .map(text -> " " + text)
        .orElse("");
  }

  private static boolean isFixed(ElementDefinition element) {
    return element.hasFixed() || element.hasPattern();
  }

  private String fixed(FaultLocation at) {
    return find(at, e -> e.hasFixed() ? e.getFixed() : e.getPattern())
        .map(value -> " " + spell(value))
        .orElse(" the one value its profile allows");
  }

  private static String spell(DataType value) {
    return value instanceof CodeableConcept concept
        ? concept.getCodingFirstRep().getSystem() + "#" + concept.getCodingFirstRep().getCode()
        : value.primitiveValue();
  }

  private String valueSet(FaultLocation at) {
    return find(at, e -> e.hasBinding() ? e.getBinding().getValueSet() : null)
        .map(url -> " the value set " + url)
        .orElse(" its code system or value set");
  }

  private String type(FaultLocation at) {
    return find(at, e -> e.getType().size() == 1 ? e.getTypeFirstRep().getWorkingCode() : null)
        .filter(type -> !type.contains("/"))
        .map(type -> " a value of type " + type)
        .orElse(" such a value");
  }

  private String targets(FaultLocation at) {
    return find(at, e -> e.hasType() ? e.getType("Reference") : null)
        .map(TypeRefComponent::getTargetProfile)
        .filter(targets -> !targets.isEmpty())
        .map(
            targets ->
                targets.stream()
                    .map(FaultWords::typeName)
                    .collect(Collectors.joining(" or ", " ", "")))
        .orElse(" what is there");
  }

  private static String typeName(CanonicalType target) {
    String id = target.getValue().substring(target.getValue().lastIndexOf('/') + 1);
    return Stream.of(Profile.values())
        .filter(profile -> profile.id().equals(id))
        .map(Profile::resourceType)
        .findFirst()
        .orElse(id);
  }

  /**
   * What the profile of all resources of the type says of a place; where it is silent, what those
   * for some of them say, if it is one thing; else what the type says.
   */
  private <T> Optional<T> find(
      FaultLocation at, Function<ElementDefinition, @Nullable T> question) {
    if (at.definition().isEmpty()) {
      return Optional.empty();
    }
    String type = at.definition().split("\\.", 2)[0];
    String ofAll = Profile.of(type).map(Profile::url).orElse(FHIR + type);
    Optional<T> own = first(differential(ofAll), at, question);
    if (own.isPresent()) {
      return own;
    }
    List<T> ofSome =
        Stream.of(Profile.values())
            .filter(profile -> profile.resourceType().equals(type) && !profile.url().equals(ofAll))
            .flatMap(profile -> first(differential(profile.url()), at, question).stream())
            .distinct()
            .toList();
    return ofSome.size() == 1 ? Optional.of(ofSome.get(0)) : first(snapshot(ofAll), at, question);
  }

  private static <T> Optional<T> first(
      Stream<ElementDefinition> elements,
      FaultLocation at,
      Function<ElementDefinition, @Nullable T> question) {
    return elements
        .filter(element -> at.definition().equals(element.getPath().replace("[x]", "")))
        .map(question)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private Stream<ElementDefinition> elements(String url) {
    return Stream.concat(differential(url), snapshot(url));
  }

  private Stream<ElementDefinition> differential(String url) {
    StructureDefinition found = definitions.fetchResource(StructureDefinition.class, url);
    return found == null ? Stream.empty() : found.getDifferential().getElement().stream();
  }

  private Stream<ElementDefinition> snapshot(String url) {
    StructureDefinition found = definitions.fetchResource(StructureDefinition.class, url);
    return found == null ? Stream.empty() : found.getSnapshot().getElement().stream();
  }
}
