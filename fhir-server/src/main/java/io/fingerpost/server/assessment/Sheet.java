package io.fingerpost.server.assessment;

import io.fingerpost.profiles.measures.ItemFault;
import io.fingerpost.profiles.measures.Measures;
import io.fingerpost.profiles.measures.ScoringRefused;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/**
 * The answers to the items of a measure, as numbers. An answer chosen in words counts as the number
 * the sheet gives it ({@code ordinalValue}): so a licensed form is scored in its own wording.
 */
final class Sheet {

  private static final String ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

  private final Map<String, BigDecimal> answers = new TreeMap<>();
  private final List<ItemFault> faults = new ArrayList<>();

  private Sheet() {}

  /**
   * @throws ScoringRefused naming each item whose answer is no number
   */
  static Map<String, BigDecimal> answers(
      QuestionnaireItemComponent heading, List<QuestionnaireResponseItemComponent> given) {
    Sheet sheet = new Sheet();
    given.forEach(group -> sheet.read(heading.getItem(), group.getItem()));
    if (!sheet.faults.isEmpty()) {
      throw new ScoringRefused(sheet.faults);
    }
    return sheet.answers;
  }

  private void read(
      List<QuestionnaireItemComponent> questions, List<QuestionnaireResponseItemComponent> given) {
    for (QuestionnaireItemComponent question : questions) {
      for (QuestionnaireResponseItemComponent item : given) {
        if (question.getLinkId().equals(item.getLinkId())) {
          take(question, item);
          read(question.getItem(), item.getItem());
        }
      }
    }
  }

  private void take(QuestionnaireItemComponent question, QuestionnaireResponseItemComponent item) {
    Optional<Coding> code =
        question.getCode().stream().filter(it -> Measures.isSystem(it.getSystem())).findFirst();
    if (code.isEmpty() || !item.hasAnswer()) {
      return;
    }
    String name = code.get().getCode();
    number(question, item.getAnswerFirstRep().getValue())
        .ifPresentOrElse(
            number -> answers.put(name, number),
            () -> faults.add(new ItemFault(ItemFault.Code.ITEM_OUT_OF_RANGE, name)));
  }

  private static Optional<BigDecimal> number(QuestionnaireItemComponent question, Type answer) {
    if (answer instanceof IntegerType whole) {
      return Optional.of(BigDecimal.valueOf(whole.getValue()));
    } else if (answer instanceof DecimalType decimal) {
      return Optional.of(decimal.getValue());
    } else if (answer instanceof Coding chosen) {
      return question.getAnswerOption().stream()
          .map(option -> option.getValue())
          .filter(option -> option instanceof Coding offered && isSame(offered, chosen))
          .flatMap(option -> option.getExtensionsByUrl(ORDINAL).stream())
          .map(ordinal -> ((DecimalType) ordinal.getValue()).getValue())
          .findFirst();
    }
    return Optional.empty();
  }

  private static boolean isSame(Coding offered, Coding chosen) {
    return offered.hasCode()
        && offered.getCode().equals(chosen.getCode())
        && (!offered.hasSystem() || offered.getSystem().equals(chosen.getSystem()));
  }
}
