package io.fingerpost.profiles.publication;

import io.fingerpost.profiles.Profile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.ElementDefinition.ElementDefinitionConstraintComponent;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * One profile: what it is of, its elements, its rules, and what resources look like that meet it.
 */
final class ProfileSection {
  private final Model model;
  private final StructureDefinition profile;
  private final String resources;

  /**
   * @param resources the folder of resources, as the page links to it
   */
  ProfileSection(Model model, StructureDefinition profile, String resources) {
    this.model = model;
    this.profile = profile;
    this.resources = resources;
  }

  void writeTo(Markdown page) {
    page.heading(3, profile.getTitle());
    page.block(profile.getDescription());
    page.block(Markdown.code(profile.getUrl()) + " " + heldToIt());
    page.block(why(profile.getDifferential().getElementFirstRep()));
    elements(page);
    rules(page);
    examples(page);
  }

  private Optional<Profile> known() {
    return Arrays.stream(Profile.values())
        .filter(each -> each.url().equals(profile.getUrl()))
        .findFirst();
  }

  private String heldToIt() {
    String type = profile.getType();
    return known()
        .map(
            each ->
                each.marks().isEmpty()
                    ? "Every " + type + " is held to it."
                    : "Every " + type + " whose " + signs(each) + " is held to it.")
        .orElse("A " + type + " is held to it where another profile says so.");
  }

  private static String signs(Profile profile) {
    return profile.marks().stream()
        .map(ProfileSection::sign)
        .collect(Collectors.joining(", or whose "));
  }

  private static String sign(Profile.Mark mark) {
    String system = mark.system() == null ? "" : mark.system() + "#";
    return Markdown.code(mark.element()) + " is " + Markdown.code(system + mark.code());
  }

  private void elements(Markdown page) {
    page.head("element", "card.", "type", "codes and values", "S", "why");
    for (ElementDefinition said : profile.getDifferential().getElement()) {
      if (said.getPath().contains(".")) {
        ElementDefinition whole = whole(said);
        page.row(
            name(said),
            whole.getMin() + ".." + whole.getMax(),
            ElementWords.types(whole, model),
            ElementWords.values(said, model),
            whole.getMustSupport() ? "S" : "",
            why(said));
      }
    }
    page.block(" ");
  }

  /** {@code identifier:nhsNumber.value}. */
  private static String name(ElementDefinition element) {
    return Markdown.code(element.getId().substring(element.getId().indexOf('.') + 1));
  }

  private ElementDefinition whole(ElementDefinition said) {
    return profile.getSnapshot().getElement().stream()
        .filter(element -> said.getId().equals(element.getId()))
        .findFirst()
        .orElse(said);
  }

  private static String why(ElementDefinition element) {
    if (element.hasRequirements()) {
      return element.getRequirements();
    }
    return element.hasComment() ? element.getComment() : "";
  }

  private void rules(Markdown page) {
    List<ElementDefinition> ruled =
        profile.getDifferential().getElement().stream()
            .filter(ElementDefinition::hasConstraint)
            .toList();
    if (ruled.isEmpty()) {
      return;
    }
    page.block("Rules beyond the table:");
    page.head("rule", "of", "what it asks", "why");
    for (ElementDefinition element : ruled) {
      for (ElementDefinitionConstraintComponent rule : element.getConstraint()) {
        page.row(
            Markdown.code(rule.getKey()),
            element.getPath().contains(".") ? name(element) : "the whole",
            rule.getHuman(),
            rule.hasRequirements() ? rule.getRequirements() : why(element));
      }
    }
    page.block(" ");
  }

  private void examples(Markdown page) {
    List<ModelFile> valid = ours(model.examples());
    page.block(links("Valid: ", valid));
    page.block(links("Refused: ", ours(model.counterExamples())));
    valid.stream()
        .min(Comparator.comparing(file -> file.content().toString().length()))
        .ifPresent(file -> page.block(shown(file)));
  }

  private List<ModelFile> ours(List<ModelFile> examples) {
    return examples.stream()
        .filter(
            example ->
                Example.profileOf(example)
                    .filter(each -> each.url().equals(profile.getUrl()))
                    .isPresent())
        .toList();
  }

  private String links(String words, List<ModelFile> examples) {
    return examples.isEmpty()
        ? ""
        : examples.stream()
            .map(
                file ->
                    "[%s](%s%s/%s)"
                        .formatted(Example.title(file), resources, file.folder(), file.name()))
            .collect(Collectors.joining(", ", words, "."));
  }

  private static String shown(ModelFile example) {
    return """
        <details><summary>%s</summary>

        ```json
        %s
        ```

        </details>
        """
        .formatted(Example.title(example), example.content().toPrettyString());
  }
}
