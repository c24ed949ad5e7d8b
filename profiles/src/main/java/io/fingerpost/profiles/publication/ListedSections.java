package io.fingerpost.profiles.publication;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.jspecify.annotations.Nullable;

/** What is no profile: extensions, questionnaires, codes and their maps, and what else there is. */
final class ListedSections {
  private static final int MANY = 40;

  private final Model model;

  ListedSections(Model model) {
    this.model = model;
  }

  void writeTo(Markdown page) {
    extensions(page);
    questionnaires(page);
    codeSystems(page);
    valueSets(page);
    conceptMaps(page);
    others(page);
  }

  private void extensions(Markdown page) {
    List<StructureDefinition> extensions = model.extensions();
    if (extensions.isEmpty()) {
      return;
    }
    page.heading(2, "Extensions");
    page.head("extension", "on", "type", "what it is");
    for (StructureDefinition extension : extensions) {
      page.row(
          Markdown.code(extension.getUrl()),
          extension.getContext().stream()
              .map(StructureDefinition.StructureDefinitionContextComponent::getExpression)
              .collect(Collectors.joining(", ")),
          extension.getSnapshot().getElement().stream()
              .filter(element -> element.getPath().equals("Extension.value[x]"))
              .filter(element -> !"0".equals(element.getMax()))
              .map(element -> ElementWords.types(element, model))
              .findFirst()
              .orElse("of parts"),
          extension.getDescription());
    }
  }

  private void questionnaires(Markdown page) {
    List<Questionnaire> questionnaires = model.definitions(Questionnaire.class);
    if (questionnaires.isEmpty()) {
      return;
    }
    page.heading(2, "Questionnaires");
    page.head("questionnaire", "canonical", "questions", "what it is");
    for (Questionnaire questionnaire : questionnaires) {
      page.row(
          Model.title(questionnaire),
          Markdown.code(questionnaire.getUrl()),
          Long.toString(questions(questionnaire.getItem())),
          questionnaire.getDescription());
    }
  }

  private static long questions(List<QuestionnaireItemComponent> items) {
    return items.stream()
        .mapToLong(
            item ->
                switch (item.getType()) {
                  case GROUP -> questions(item.getItem());
                  case DISPLAY -> 0;
                  default -> 1 + questions(item.getItem());
                })
        .sum();
  }

  private void codeSystems(Markdown page) {
    List<CodeSystem> systems = model.definitions(CodeSystem.class);
    if (systems.isEmpty()) {
      return;
    }
    page.heading(2, "Code systems");
    for (CodeSystem system : systems) {
      page.heading(3, Model.title(system));
      page.block(Markdown.code(system.getUrl()) + " " + words(system.getDescription()));
      page.head("code", "display", "meaning");
      concepts(system.getConcept())
          .limit(MANY)
          .forEach(
              concept ->
                  page.row(
                      Markdown.code(concept.getCode()),
                      words(concept.getDisplay()),
                      words(concept.getDefinition())));
      if (concepts(system.getConcept()).count() > MANY) {
        page.row("…", "", "");
      }
      page.block(" ");
    }
  }

  private static Stream<ConceptDefinitionComponent> concepts(List<ConceptDefinitionComponent> top) {
    return top.stream()
        .flatMap(concept -> Stream.concat(Stream.of(concept), concepts(concept.getConcept())));
  }

  private void valueSets(Markdown page) {
    page.heading(2, "Value sets");
    page.head("value set", "codes of", "what it is");
    for (ValueSet set : model.definitions(ValueSet.class)) {
      page.row(
          Markdown.code(set.getUrl()),
          set.getCompose().getInclude().stream()
              .map(ListedSections::included)
              .distinct()
              .collect(Collectors.joining(", ")),
          words(set.getDescription()));
    }
  }

  private static String included(ConceptSetComponent included) {
    String from =
        included.hasSystem()
            ? included.getSystem()
            : included.getValueSet().stream()
                .map(url -> ElementWords.lastWord(url.getValue()))
                .collect(Collectors.joining(", "));
    return included.getConcept().isEmpty()
        ? from
        : from
            + " ("
            + included.getConcept().stream()
                .limit(MANY)
                .map(concept -> Markdown.code(concept.getCode()))
                .collect(Collectors.joining(", "))
            + ")";
  }

  private void conceptMaps(Markdown page) {
    page.heading(2, "Concept maps");
    page.head("concept map", "from", "to", "rows", "what it is");
    for (ConceptMap map : model.definitions(ConceptMap.class)) {
      page.row(
          Markdown.code(map.getUrl()),
          map.getGroup().stream()
              .map(ConceptMap.ConceptMapGroupComponent::getSource)
              .distinct()
              .collect(Collectors.joining(", ")),
          map.getGroup().stream()
              .map(ConceptMap.ConceptMapGroupComponent::getTarget)
              .distinct()
              .collect(Collectors.joining(", ")),
          Integer.toString(
              map.getGroup().stream().mapToInt(group -> group.getElement().size()).sum()),
          words(map.getDescription()));
    }
  }

  private void others(Markdown page) {
    page.heading(2, "Beside these");
    page.head("file", "of type", "what it is");
    for (Resource definition : model.definitions()) {
      if (!isListed(definition)) {
        page.row(
            Markdown.code(Model.reference(definition)),
            definition.fhirType(),
            Model.title(definition) + ". " + description(definition));
      }
    }
    for (ModelFile file : model.others()) {
      page.row(
          Markdown.code(file.name()),
          file.type().isEmpty() ? "no resource" : file.type(),
          file.content().path("description").asText(file.content().path("title").asText("")));
    }
  }

  private static boolean isListed(Resource definition) {
    return definition instanceof StructureDefinition
        || definition instanceof Questionnaire
        || definition instanceof CodeSystem
        || definition instanceof ValueSet
        || definition instanceof ConceptMap;
  }

  private static String description(Resource definition) {
    return definition instanceof MetadataResource named ? words(named.getDescription()) : "";
  }

  private static String words(@Nullable String text) {
    return text == null ? "" : text;
  }
}
