package io.fingerpost.routes.inbound.self;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * Holds the answers to the questions of the published form: each where it is asked, of its type, as
 * often as it may be given, and of the choices that are offered.
 */
final class FormQuestions {

  static final String URL = "https://fingerpost.io/Questionnaire/referral-form";

  private static final String FILE = "/questionnaires/Questionnaire-referral-form.json";

  private final Questionnaire form;

  FormQuestions() {
    try (InputStream json = FormQuestions.class.getResourceAsStream(FILE)) {
      if (json == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      form = FhirContext.forR4Cached().newJsonParser().parseResource(Questionnaire.class, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAskedBy(String canonical) {
    return canonical.equals(URL) || canonical.equals(URL + "|" + form.getVersion());
  }

  Answers read(List<QuestionnaireResponseItemComponent> given, List<Fault> faults) {
    Answers answers = new Answers();
    read(form.getItem(), given, "QuestionnaireResponse", answers, faults);
    return answers;
  }

  private static void read(
      List<QuestionnaireItemComponent> questions,
      List<QuestionnaireResponseItemComponent> given,
      String path,
      Answers answers,
      List<Fault> faults) {
    Set<String> seen = new HashSet<>();
    for (int index = 0; index < given.size(); index++) {
      QuestionnaireResponseItemComponent item = given.get(index);
      String place = path + ".item[" + index + "]";
      QuestionnaireItemComponent question =
          questions.stream()
              .filter(it -> it.getLinkId().equals(item.getLinkId()))
              .findFirst()
              .orElse(null);
      if (question == null || !seen.add(item.getLinkId())) {
        // What is not asked is not repeated: it is the sender's word, and may be anything.
        faults.add(
            new Fault(
                Code.FIELD_INVALID, place, "Answer each question of the form once, in its place."));
      } else if (item.hasExtension() || item.hasModifierExtension()) {
        faults.add(new Fault(Code.FIELD_INVALID, place, "Send the answer without extensions."));
      } else if (question.getType() == QuestionnaireItemType.GROUP) {
        requireNone(item, faults);
        read(question.getItem(), item.getItem(), place, answers, faults);
      } else {
        answer(question, item, answers, faults);
      }
    }
    for (QuestionnaireItemComponent question : questions) {
      if (question.getType() == QuestionnaireItemType.GROUP
          && !seen.contains(question.getLinkId())) {
        read(question.getItem(), List.of(), path, answers, faults);
      } else if (question.getRequired() && !seen.contains(question.getLinkId())) {
        faults.add(Fault.at(Code.FIELD_MISSING, question.getLinkId(), "This has to be answered."));
      }
    }
  }

  private static void requireNone(QuestionnaireResponseItemComponent group, List<Fault> faults) {
    if (group.hasAnswer()) {
      faults.add(
          Fault.at(Code.FIELD_INVALID, group.getLinkId(), "A heading has no answer of its own."));
    }
  }

  private static void answer(
      QuestionnaireItemComponent question,
      QuestionnaireResponseItemComponent item,
      Answers answers,
      List<Fault> faults) {
    List<Type> values =
        item.getAnswer().stream().map(QuestionnaireResponseItemAnswerComponent::getValue).toList();
    String remedy = remedy(question);
    boolean nested =
        item.hasItem()
            || item.getAnswer().stream()
                .anyMatch(answer -> answer.hasItem() || answer.hasExtension());
    if (values.isEmpty()
        || nested
        || (values.size() > 1 && !question.getRepeats())
        || !values.stream().allMatch(value -> fits(question, value))) {
      faults.add(Fault.at(Code.FIELD_INVALID, question.getLinkId(), remedy));
    } else {
      answers.put(question.getLinkId(), values);
    }
  }

  private static boolean fits(QuestionnaireItemComponent question, Type value) {
    if (value == null || value.hasExtension()) {
      return false;
    }
    return switch (question.getType()) {
      case STRING, TEXT -> value instanceof StringType text && isText(question, text.getValue());
      case BOOLEAN -> value instanceof BooleanType flag && flag.getValue() != null;
      case DATE ->
          value instanceof DateType date && date.getPrecision() == TemporalPrecisionEnum.DAY;
      case CHOICE -> value instanceof Coding coding && isOffered(question, coding);
      default -> false;
    };
  }

  private static boolean isText(QuestionnaireItemComponent question, String text) {
    return text != null
        && !text.isBlank()
        && (!question.hasMaxLength() || text.length() <= question.getMaxLength());
  }

  private static boolean isOffered(QuestionnaireItemComponent question, Coding chosen) {
    return question.getAnswerOption().stream()
        .map(option -> (Coding) option.getValue())
        .anyMatch(
            offered ->
                offered.getSystem().equals(chosen.getSystem())
                    && offered.getCode().equals(chosen.getCode()));
  }

  private static String remedy(QuestionnaireItemComponent question) {
    String often = question.getRepeats() ? "answers" : "one answer";
    return switch (question.getType()) {
      case BOOLEAN -> "Send valueBoolean, true or false.";
      case DATE -> "Send valueDate with day, month and year.";
      case CHOICE -> "Send " + often + " of the choices that are offered, by system and code.";
      default ->
          "Send "
              + often
              + " as valueString, not empty, of at most "
              + question.getMaxLength()
              + " characters.";
    };
  }
}
