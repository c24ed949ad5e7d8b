package io.fingerpost.server.assessment;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;

/**
 * What a sheet says is to be made of its answers (HL7 Structured Data Capture). What it says of
 * itself or of a heading holds for everything below, until something below says otherwise.
 *
 * @param observed whether answers become Observations
 * @param categories of these Observations
 * @param context the type of resource that definitions below are of; empty where none is
 */
record Marks(boolean observed, List<CodeableConcept> categories, String context) {

  private static final String SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";
  private static final String OBSERVED = SDC + "sdc-questionnaire-observationExtract";
  private static final String CATEGORY = SDC + "sdc-questionnaire-observation-extract-category";
  private static final String CONTEXT = SDC + "sdc-questionnaire-itemExtractionContext";

  static Marks of(Questionnaire sheet) {
    return new Marks(false, List.of(), "").with(sheet.getExtension());
  }

  Marks below(QuestionnaireItemComponent item) {
    return with(item.getExtension());
  }

  private Marks with(List<Extension> extensions) {
    boolean now = observed;
    String type = context;
    List<CodeableConcept> named = new ArrayList<>();
    for (Extension extension : extensions) {
      if (OBSERVED.equals(extension.getUrl())) {
        now = isTrue(extension);
      } else if (CATEGORY.equals(extension.getUrl())
          && extension.getValue() instanceof CodeableConcept category) {
        named.add(category);
      } else if (CONTEXT.equals(extension.getUrl()) && extension.getValue() != null) {
        String value = extension.getValue().primitiveValue();
        type = value == null ? "" : value;
      }
    }
    return new Marks(now, named.isEmpty() ? categories : List.copyOf(named), type);
  }

  /** The codes an Observation gets: those marked, or all where none is. */
  static List<Coding> codes(QuestionnaireItemComponent item) {
    List<Coding> marked =
        item.getCode().stream()
            .filter(code -> code.getExtensionsByUrl(OBSERVED).stream().anyMatch(Marks::isTrue))
            .toList();
    return marked.isEmpty() ? item.getCode() : marked;
  }

  boolean makesGoal(QuestionnaireItemComponent item) {
    return context.equals("Goal")
        && item.hasDefinition()
        && item.getDefinition().matches(".*#Goal\\.description(\\.text)?");
  }

  private static boolean isTrue(Extension extension) {
    return extension.getValue() instanceof BooleanType flag && flag.booleanValue();
  }
}
