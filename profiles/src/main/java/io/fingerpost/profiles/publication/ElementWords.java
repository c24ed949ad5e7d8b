package io.fingerpost.profiles.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.ElementDefinition.TypeRefComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.ValueSet;

/** What an element may hold, in the few words a table has room for. */
final class ElementWords {
  private ElementWords() {}

  /** {@code Reference(Practitioner, Organization)}, with links to what is described here. */
  static String types(ElementDefinition element, Model model) {
    return element.getType().stream()
        .map(type -> type(type, model))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String type(TypeRefComponent type, Model model) {
    List<CanonicalType> narrowed =
        type.hasTargetProfile() ? type.getTargetProfile() : type.getProfile();
    String name = lastWord(type.getCode());
    return narrowed.isEmpty()
        ? name
        : narrowed.stream()
            .map(profile -> name(profile.getValue(), model))
            .collect(Collectors.joining(", ", name + "(", ")"));
  }

  private static String name(String url, Model model) {
    return model.profiles().stream()
        .filter(profile -> url.equals(profile.getUrl()))
        .map(profile -> "[" + lastWord(url) + "](" + Markdown.anchor(profile.getTitle()) + ")")
        .findFirst()
        .orElse(lastWord(url));
  }

  static String lastWord(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** The value set, or the one value there can be. */
  static String values(ElementDefinition element, Model model) {
    List<String> words = new ArrayList<>();
    if (element.hasFixed()) {
      words.add("always " + value(element.getFixed()));
    }
    if (element.hasPattern()) {
      words.add("with " + value(element.getPattern()));
    }
    if (element.getBinding().hasValueSet()) {
      words.add(
          element.getBinding().getStrength().toCode()
              + ": "
              + valueSet(element.getBinding().getValueSet(), model));
    }
    return String.join("; ", words);
  }

  private static String valueSet(String url, Model model) {
    boolean ours =
        model.definitions(ValueSet.class).stream().anyMatch(set -> url.equals(set.getUrl()));
    String name = lastWord(url);
    return ours ? "[" + name + "](#value-sets)" : name;
  }

  private static String value(Type value) {
    if (value instanceof CodeableConcept concept) {
      return concept.getCoding().stream()
          .map(ElementWords::value)
          .collect(Collectors.joining(", "));
    }
    if (value instanceof Coding coding) {
      String system = coding.hasSystem() ? coding.getSystem() + "#" : "";
      return Markdown.code(system + (coding.hasCode() ? coding.getCode() : "…"));
    }
    return value instanceof PrimitiveType<?> primitive
        ? Markdown.code(primitive.getValueAsString())
        : "what the definition says";
  }
}
