package io.fingerpost.profiles.publication;

import io.fingerpost.profiles.Profile;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.StructureDefinition;

/** Which record points at which, of what the profiles speak of, as a Mermaid flowchart. */
final class ReferencePicture {
  private static final String FHIR = "http://hl7.org/fhir/StructureDefinition/";

  /** Elements that may name one of these may name nearly all: the picture has one box for them. */
  private static final Set<String> PARTIES =
      Stream.of(
              Profile.ORGANIZATION,
              Profile.HEALTHCARE_SERVICE,
              Profile.CARE_TEAM,
              Profile.PRACTITIONER,
              Profile.PRACTITIONER_ROLE,
              Profile.RELATED_PERSON)
          .map(Profile::exampleName)
          .collect(Collectors.toUnmodifiableSet());

  private static final String PARTY = "party";

  private final Model model;

  ReferencePicture(Model model) {
    this.model = model;
  }

  String text() {
    StringBuilder picture =
        new StringBuilder("```mermaid\nflowchart LR\n  party([who asks, or does it])\n");
    Set<String> ofAPerson = new TreeSet<>();
    arrows()
        .forEach(
            (from, targets) ->
                targets.forEach(
                    (to, elements) -> {
                      if (to.equals(Profile.PATIENT.exampleName())) {
                        ofAPerson.add(from);
                      } else {
                        picture.append(
                            "  %s -- \"%s\" --> %s%n"
                                .formatted(from, String.join(", ", elements), to)
                                .replace("\r", ""));
                      }
                    }));
    picture.append("```\n\n");
    return picture
        + "*Who asks, or does it*: one of "
        + PARTIES.stream().sorted().collect(Collectors.joining(", "))
        + "; which, each profile says. Not drawn, since nearly every record has it: the reference to the person, a Patient. It is found in "
        + String.join(", ", ofAPerson)
        + ".";
  }

  /** From, to, and by which elements. */
  private Map<String, Map<String, Set<String>>> arrows() {
    Map<String, Map<String, Set<String>>> arrows = new TreeMap<>();
    for (StructureDefinition profile : model.profiles()) {
      Set<String> mentioned =
          profile.getDifferential().getElement().stream()
              .map(ElementDefinition::getPath)
              .collect(Collectors.toSet());
      for (ElementDefinition element : profile.getSnapshot().getElement()) {
        if (mentioned.contains(element.getPath())) {
          targets(element)
              .forEach(
                  to ->
                      arrows
                          .computeIfAbsent(wordOf(profile), unknown -> new TreeMap<>())
                          .computeIfAbsent(to, unknown -> new TreeSet<>())
                          .add(label(element)));
        }
      }
    }
    return arrows;
  }

  private static String wordOf(StructureDefinition profile) {
    return find(profile.getUrl()).map(Profile::exampleName).orElse(profile.getType());
  }

  private static Set<String> targets(ElementDefinition element) {
    Set<String> targets = named(element);
    if (targets.stream().filter(PARTIES::contains).count() > 1) {
      targets.removeAll(PARTIES);
      targets.add(PARTY);
    }
    return targets;
  }

  private static Set<String> named(ElementDefinition element) {
    return element.getType().stream()
        .flatMap(type -> type.getTargetProfile().stream())
        .map(CanonicalType::getValue)
        .flatMap(url -> find(url).stream())
        .map(Profile::exampleName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Our profile of that URL, or of all resources of that type. */
  private static Optional<Profile> find(String url) {
    if (url.startsWith(FHIR)) {
      return Profile.of(url.substring(FHIR.length()));
    }
    return Arrays.stream(Profile.values()).filter(profile -> profile.url().equals(url)).findFirst();
  }

  /** {@code activity.detail.performer}. */
  private static String label(ElementDefinition element) {
    return element.getPath().substring(element.getPath().indexOf('.') + 1).replace("[x]", "");
  }
}
