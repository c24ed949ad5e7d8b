package io.fingerpost.server.assessment;

import io.fingerpost.profiles.measures.Measures;
import io.fingerpost.profiles.measures.Score;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/**
 * What a response makes: a pure function of it and its questions. A question marked for extraction
 * makes an Observation of each answer; a heading that bears a measure's code makes the measure's
 * scores of the answers below it; a question for the description of a Goal makes Goals.
 */
final class Extraction {

  private final Measures measures;

  Extraction(Measures measures) {
    this.measures = measures;
  }

  /**
   * @throws io.fingerpost.profiles.measures.ScoringRefused where a sheet cannot be scored
   */
  List<Draft> of(Questionnaire sheet, QuestionnaireResponse response) {
    Walk walk = new Walk(new Making(response));
    walk.through(sheet.getItem(), response.getItem(), Marks.of(sheet));
    List<Draft> drafts = new ArrayList<>();
    walk.made.forEach((key, made) -> drafts.add(new Draft(key, made)));
    return drafts;
  }

  private final class Walk {
    private final Making making;
    private final Map<String, DomainResource> made = new LinkedHashMap<>();
    private final Map<String, Integer> times = new HashMap<>();

    Walk(Making making) {
      this.making = making;
    }

    void through(
        List<QuestionnaireItemComponent> questions,
        List<QuestionnaireResponseItemComponent> given,
        Marks above) {
      for (QuestionnaireItemComponent question : questions) {
        Marks marks = above.below(question);
        List<QuestionnaireResponseItemComponent> answered =
            given.stream().filter(it -> question.getLinkId().equals(it.getLinkId())).toList();
        Optional<String> measure = marks.observed() ? measureOf(question) : Optional.empty();
        if (measure.isPresent()) {
          score(measure.get(), question, answered);
        } else {
          answered.forEach(item -> take(question, item, marks));
        }
      }
    }

    private Optional<String> measureOf(QuestionnaireItemComponent question) {
      return question.getCode().stream()
          .filter(code -> Measures.isSystem(code.getSystem()))
          .map(Coding::getCode)
          .filter(code -> !measures.scoresOf(code).isEmpty())
          .findFirst();
    }

    private void score(
        String measure,
        QuestionnaireItemComponent heading,
        List<QuestionnaireResponseItemComponent> given) {
      for (Score score : measures.score(measure, Sheet.answers(heading, given))) {
        made.put(score.definition().code(), making.score(score));
      }
    }

    private void take(
        QuestionnaireItemComponent question, QuestionnaireResponseItemComponent item, Marks marks) {
      for (QuestionnaireResponseItemAnswerComponent answer : item.getAnswer()) {
        if (marks.makesGoal(question)) {
          made.put(key(question, answer.getValue()), making.goal(answer.getValue()));
        } else if (marks.observed() && question.hasCode()) {
          making
              .observation(question, marks.categories(), answer.getValue())
              .ifPresent(it -> made.put(key(question, answer.getValue()), it));
        }
        through(question.getItem(), answer.getItem(), marks);
      }
      through(question.getItem(), item.getItem(), marks);
    }

    /** A choice is known by its code, whatever else is chosen; other answers by their order. */
    private String key(QuestionnaireItemComponent question, Type answer) {
      String which =
          answer instanceof Coding coding && coding.hasCode()
              ? coding.getCode()
              : Integer.toString(times.merge(question.getLinkId(), 1, Integer::sum));
      return question.getLinkId() + "/" + which;
    }
  }
}
