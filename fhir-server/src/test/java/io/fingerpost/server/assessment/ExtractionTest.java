package io.fingerpost.server.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.measures.Measures;
import io.fingerpost.profiles.measures.ScoringRefused;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;

/** The marks of Structured Data Capture on sheets that a scheme writes itself. */
class ExtractionTest {

  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final String OBSERVED =
      "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract";

  private final Extraction extraction = new Extraction(Measures.shipped(CONTEXT));

  @Test
  void makesAnObservationOfEachAnswerToAMarkedQuestionWithItsCodes() {
    List<Draft> made =
        extract(
            """
            {"linkId": "clubs", "type": "string", "repeats": true, "extension": [%s],
             "code": [{"system": "urn:x", "code": "clubs"}]}
            """
                .formatted(mark(true)),
            """
            {"linkId": "clubs", "answer": [{"valueString": "Chess"}, {"valueString": "Darts"}]}
            """);

    assertThat(made).extracting(Draft::key).containsExactly("clubs/1", "clubs/2");
    assertThat(made)
        .extracting(draft -> observation(draft).getCode().getCodingFirstRep().getCode())
        .containsOnly("clubs");
  }

  @Test
  void leavesOutWhatIsBelowAHeadingThatSaysNo() {
    List<Draft> made =
        extract(
            """
            {"linkId": "yes", "type": "group", "extension": [%s], "item": [
              {"linkId": "a", "type": "integer", "code": [{"system": "urn:x", "code": "a"}]},
              {"linkId": "no", "type": "group", "extension": [%s], "item": [
                {"linkId": "b", "type": "integer", "code": [{"system": "urn:x", "code": "b"}]}]}]}
            """
                .formatted(mark(true), mark(false)),
            """
            {"linkId": "yes", "item": [
              {"linkId": "a", "answer": [{"valueInteger": 1}]},
              {"linkId": "no", "item": [{"linkId": "b", "answer": [{"valueInteger": 2}]}]}]}
            """);

    assertThat(made).extracting(Draft::key).containsExactly("a/1");
  }

  @Test
  void takesOnlyTheMarkedCodesWhereSomeAreMarked() {
    List<Draft> made =
        extract(
            """
            {"linkId": "a", "type": "integer", "extension": [%s], "code": [
              {"system": "urn:x", "code": "broad"},
              {"system": "urn:x", "code": "exact", "extension": [%s]}]}
            """
                .formatted(mark(true), mark(true)),
            """
            {"linkId": "a", "answer": [{"valueInteger": 1}]}
            """);

    assertThat(observation(made.get(0)).getCode().getCoding())
        .extracting(code -> code.getCode())
        .containsExactly("exact");
  }

  @Test
  void scoresALicensedFormByTheNumbersItGivesItsWords() {
    List<Draft> made =
        extract(
            ucla(
                "{\"valueCoding\": {\"code\": \"often\", \"extension\": [{\"url\": \"http://hl7.org/fhir/StructureDefinition/ordinalValue\", \"valueDecimal\": 3}]}}"),
            uclaAnswers("{\"valueCoding\": {\"code\": \"often\"}}"));

    assertThat(made).extracting(Draft::key).containsExactly("ucla-3-total");
    assertThat(observation(made.get(0)).getValueIntegerType().getValue()).isEqualTo(9);
  }

  @Test
  void refusesWordsThatHaveNoNumber() {
    String form = ucla("{\"valueCoding\": {\"code\": \"often\"}}");
    String answers = uclaAnswers("{\"valueCoding\": {\"code\": \"often\"}}");

    assertThatThrownBy(() -> extract(form, answers))
        .isInstanceOf(ScoringRefused.class)
        .hasMessageContaining("ucla-3-item-1");
  }

  @Test
  void makesNothingOfAnUnmarkedQuestion() {
    assertThat(
            extract(
                "{\"linkId\": \"a\", \"type\": \"string\", \"code\": [{\"code\": \"a\"}]}",
                "{\"linkId\": \"a\", \"answer\": [{\"valueString\": \"told in confidence\"}]}"))
        .isEmpty();
  }

  private static String ucla(String option) {
    StringBuilder items = new StringBuilder();
    for (int item = 1; item <= 3; item++) {
      items
          .append(item == 1 ? "" : ",")
          .append(
              "{\"linkId\": \"q%d\", \"type\": \"choice\", \"answerOption\": [%s], \"code\": [{\"system\": \"https://fingerpost.io/CodeSystem/measure\", \"code\": \"ucla-3-item-%d\"}]}"
                  .formatted(item, option, item));
    }
    return "{\"linkId\": \"ucla\", \"type\": \"group\", \"extension\": [%s], \"code\": [{\"system\": \"https://fingerpost.io/CodeSystem/measure\", \"code\": \"ucla-3\"}], \"item\": [%s]}"
        .formatted(mark(true), items);
  }

  private static String uclaAnswers(String answer) {
    return "{\"linkId\": \"ucla\", \"item\": [{\"linkId\": \"q1\", \"answer\": [%s]}, {\"linkId\": \"q2\", \"answer\": [%s]}, {\"linkId\": \"q3\", \"answer\": [%s]}]}"
        .formatted(answer, answer, answer);
  }

  private static String mark(boolean value) {
    return "{\"url\": \"%s\", \"valueBoolean\": %s}".formatted(OBSERVED, value);
  }

  private List<Draft> extract(String question, String answers) {
    Questionnaire sheet =
        CONTEXT
            .newJsonParser()
            .parseResource(
                Questionnaire.class,
                "{\"resourceType\": \"Questionnaire\", \"item\": [%s]}".formatted(question));
    QuestionnaireResponse response =
        CONTEXT
            .newJsonParser()
            .parseResource(
                QuestionnaireResponse.class,
                "{\"resourceType\": \"QuestionnaireResponse\", \"id\": \"7\", \"authored\": \"2026-03-16\", \"subject\": {\"reference\": \"Patient/1\"}, \"item\": [%s]}"
                    .formatted(answers));
    return extraction.of(sheet, response);
  }

  private static Observation observation(Draft draft) {
    return (Observation) draft.made();
  }
}
