package io.fingerpost.server;

import static io.fingerpost.server.Assessments.answer;
import static io.fingerpost.server.Assessments.heading;
import static io.fingerpost.server.Assessments.need;
import static io.fingerpost.server.Assessments.response;
import static io.fingerpost.server.Assessments.swemwbs;
import static io.fingerpost.server.Assessments.whatMatters;
import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.ANALYST;
import static io.fingerpost.server.Wexcombe.COUNCIL;
import static io.fingerpost.server.Wexcombe.GP;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.server.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of people's answers, and that it becomes of them once. */
@OneServer
class ExtractIT {

  private static final String DERIVED_FROM =
      "https://fingerpost.io/StructureDefinition/derived-from";

  private static final String NOTHING = "{\"resourceType\": \"Parameters\"}";

  private Patient patient = new Patient();

  @BeforeEach
  void knowSomebody() {
    patient = SCHEME.create(Records.patient(Person.next()));
  }

  @Test
  void makesNeedsStrengthsAndGoalsOfWhatMatters() {
    QuestionnaireResponse response = SCHEME.create(whatMatters(patient));

    Answer answer = extract(SCHEME, response);

    assertThat(answer.entries(Resource.class)).hasSize(5);
    assertThat(observations())
        .extracting(ExtractIT::said)
        .containsExactlyInAnyOrder(
            "need loneliness", "need transport", "strength Growing tomatoes");
    assertThat(observations())
        .allSatisfy(
            it -> {
              assertThat(it.getStatus()).isEqualTo(ObservationStatus.FINAL);
              assertThat(it.getDerivedFromFirstRep().getReference())
                  .isEqualTo(referenceTo(response));
              assertThat(it.getEffectiveDateTimeType().getValueAsString())
                  .isEqualTo("2026-03-16T10:30:00+00:00");
            });
    assertThat(goals())
        .extracting(goal -> goal.getDescription().getText())
        .containsExactlyInAnyOrder("Go to the allotment", "Sing");
    assertThat(goals())
        .allSatisfy(
            goal -> {
              assertThat(goal.getLifecycleStatus()).isEqualTo(GoalLifecycleStatus.PROPOSED);
              assertThat(goal.getExtensionByUrl(DERIVED_FROM).getValue())
                  .isInstanceOfSatisfying(
                      Reference.class,
                      from -> assertThat(from.getReference()).isEqualTo(referenceTo(response)));
            });
  }

  @Test
  void makesRawAndMetricScoreOfSevenAnswers() {
    extract(SCHEME, SCHEME.create(swemwbs(patient, 3)));

    assertThat(observations())
        .extracting(ExtractIT::said)
        .containsExactlyInAnyOrder("score swemwbs-raw=21", "score swemwbs-metric=19.25 low");
  }

  @Test
  void countsTheUseOfServicesOverThreeMonths() {
    QuestionnaireResponse response = response(patient, "service-use");
    heading(response, "service-use").addItem(answer("gp-contacts", new IntegerType(4)));

    extract(SCHEME, SCHEME.create(response));

    assertThat(observations())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(said(it)).isEqualTo("service-use gp-contacts=4");
              Period period = it.getEffectivePeriod();
              assertThat(period.getStartElement().getValueAsString()).isEqualTo("2025-12-16");
              assertThat(period.getEndElement().getValueAsString()).isEqualTo("2026-03-16");
            });
  }

  @Test
  void makesNothingNewWhenItIsCalledAgain() {
    QuestionnaireResponse response = SCHEME.create(whatMatters(patient));
    List<String> first = versions(extract(SCHEME, response));

    List<String> again = versions(extract(SCHEME, response));

    assertThat(again).isEqualTo(first).hasSize(5);
    assertThat(everything()).hasSize(5).allMatch(it -> it.getMeta().getVersionId().equals("1"));
  }

  @Test
  void makesEverythingOnceWhenManyCallAtTheSameTime() throws Exception {
    QuestionnaireResponse response = SCHEME.create(whatMatters(patient));

    List<Answer> answers = atTheSameTime(6, () -> extract(SCHEME, response));

    assertThat(answers).allMatch(answer -> answer.status() == 200);
    assertThat(answers).extracting(ExtractIT::versions).containsOnly(versions(answers.get(0)));
    assertThat(everything()).hasSize(5);
  }

  @Test
  void storesAResponseThatIsSentAlongOnceWithWhatItMakes() throws Exception {
    QuestionnaireResponse response = swemwbs(patient, 4);

    List<Answer> answers = atTheSameTime(4, () -> extractSent(SCHEME, response));

    assertThat(answers).allMatch(answer -> answer.status() == 200);
    assertThat(SCHEME.search(QuestionnaireResponse.class, "patient=" + referenceTo(patient)))
        .hasSize(1);
    assertThat(observations()).hasSize(2);
  }

  @Test
  void amendsWhatItMadeAfterTheAnswersWereAmended() {
    QuestionnaireResponse response = SCHEME.create(whatMatters(patient));
    extract(SCHEME, response);
    Goal sing = goal("Sing");
    SCHEME.update(sing.setLifecycleStatus(GoalLifecycleStatus.ACTIVE));

    response.setStatus(QuestionnaireResponseStatus.AMENDED);
    response.getItem().clear();
    heading(response, "what-is-good")
        .addItem(answer("enjoys", new StringType("Growing tomatoes and beans")));
    heading(response, "what-is-hard").addItem(answer("needs", need("transport"), need("money")));
    SCHEME.update(response);
    Answer answer = extract(SCHEME, response);

    assertThat(answer.entries(Resource.class)).hasSize(3);
    assertThat(observations())
        .extracting(it -> it.getStatus().toCode() + " " + said(it))
        .containsExactlyInAnyOrder(
            "entered-in-error need loneliness",
            "final need transport",
            "final need money",
            "amended strength Growing tomatoes and beans");
    assertThat(goals())
        .extracting(
            goal -> goal.getLifecycleStatus().toCode() + " " + goal.getDescription().getText())
        .containsExactlyInAnyOrder("entered-in-error Go to the allotment", "active Sing");
  }

  @Test
  void keepsToTheAmendedAnswersWhenTheFirstOnesComeLate() {
    QuestionnaireResponse first = swemwbs(patient, 2);
    extractSent(SCHEME, first);
    QuestionnaireResponse amended = swemwbs(patient, 3);
    amended.setIdentifier(first.getIdentifier());
    extractSent(SCHEME, amended.setStatus(QuestionnaireResponseStatus.AMENDED));

    extractSent(SCHEME, first);

    assertThat(observations())
        .extracting(ExtractIT::said)
        .containsExactlyInAnyOrder("score swemwbs-raw=21", "score swemwbs-metric=19.25 low");
  }

  @Test
  void leavesWhatPeopleHaveAddedToWhatItMade() {
    QuestionnaireResponse response = SCHEME.create(swemwbs(patient, 2));
    extract(SCHEME, response);
    Observation noted = observations().get(0);
    noted.addNote().setText("Asked in Polish");
    SCHEME.update(noted);

    response.getItem().clear();
    response.setItem(swemwbs(patient, 3).getItem());
    SCHEME.update(response.setStatus(QuestionnaireResponseStatus.AMENDED));
    extract(SCHEME, response);

    assertThat(observations())
        .filteredOn(it -> referenceTo(it).equals(referenceTo(noted)))
        .singleElement()
        .satisfies(it -> assertThat(it.getNoteFirstRep().getText()).isEqualTo("Asked in Polish"))
        .satisfies(it -> assertThat(it.getStatus()).isEqualTo(ObservationStatus.AMENDED));
  }

  @Test
  void takesBackWhatItMadeOfAResponseThatWasAnError() {
    QuestionnaireResponse response = SCHEME.create(swemwbs(patient, 2));
    extract(SCHEME, response);

    SCHEME.update(response.setStatus(QuestionnaireResponseStatus.ENTEREDINERROR));
    extract(SCHEME, response);

    assertThat(observations())
        .hasSize(2)
        .allMatch(it -> it.getStatus() == ObservationStatus.ENTEREDINERROR);
  }

  @Test
  void changesNothingWhenAClientStoresTheTransactionItWasGiven() {
    Answer answer = extract(SCHEME, SCHEME.create(whatMatters(patient)));

    assertThat(SCHEME.send("POST", "/fhir", answer.body()).status()).isEqualTo(200);

    assertThat(everything()).hasSize(5).allMatch(it -> it.getMeta().getVersionId().equals("1"));
  }

  @Test
  void refusesASheetWithAnItemMissingByItsNameAndMakesNothing() {
    Answer answer = extract(SCHEME, SCHEME.create(swemwbs(patient, 3, 5)));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("ITEM_MISSING");
    assertThat(answer.body()).contains("swemwbs-item-5").doesNotContain("swemwbs-item-4");
    assertThat(observations()).isEmpty();
  }

  @Test
  void refusesAnAnswerOutsideItsScaleByTheItemsNameWithoutTheAnswer() {
    Answer answer = extractSent(SCHEME, swemwbs(patient, 4711));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("ITEM_OUT_OF_RANGE");
    assertThat(answer.body()).contains("swemwbs-item-7").doesNotContain("4711");
    assertThat(SCHEME.search(QuestionnaireResponse.class, "patient=" + referenceTo(patient)))
        .isEmpty();
  }

  @Test
  void refusesWhatIsNotFinishedOrNotKnown() {
    QuestionnaireResponse begun = whatMatters(patient);
    begun.setStatus(QuestionnaireResponseStatus.INPROGRESS);
    QuestionnaireResponse unknown = whatMatters(patient);
    unknown.setQuestionnaire("https://connect.wexcombe.example/Questionnaire/lost");
    QuestionnaireResponse unnamed = whatMatters(patient);
    unnamed.setIdentifier(null);

    assertThat(extractSent(SCHEME, begun).code()).isEqualTo("RESPONSE_NOT_COMPLETED");
    assertThat(extractSent(SCHEME, unknown).code()).isEqualTo("QUESTIONNAIRE_UNKNOWN");
    assertThat(extractSent(SCHEME, unnamed).code()).isEqualTo("RESPONSE_UNNAMED");
    assertThat(SCHEME.send("POST", "/fhir/QuestionnaireResponse/999999/$extract", NOTHING).status())
        .isEqualTo(404);
    assertThat(everything()).isEmpty();
  }

  @Test
  void refusesAResponseUnderTheIdentifierOfAnotherPersons() {
    QuestionnaireResponse response = swemwbs(patient, 4);
    extractSent(SCHEME, response);

    Patient another = SCHEME.create(Records.patient(Person.next()));
    Answer answer = extractSent(SCHEME, response.setSubject(new Reference(referenceTo(another))));

    assertThat(answer.code()).isEqualTo("RESPONSE_OF_SOMEONE_ELSE");
  }

  @Test
  void isNotOpenToAnybodyButTheScheme() {
    QuestionnaireResponse response = SCHEME.create(whatMatters(patient));

    for (ApiClient partner : List.of(HOSPITAL, GP, COUNCIL, ANALYST, OPERATOR)) {
      assertThat(extract(partner, response).status()).isEqualTo(403);
      assertThat(extractSent(partner, whatMatters(patient)).status()).isEqualTo(403);
    }
    assertThat(everything()).isEmpty();
  }

  @Test
  void holdsAScoreThatAClientWritesItselfToItsRange() {
    extract(SCHEME, SCHEME.create(swemwbs(patient, 3)));
    Observation score = observations().get(0).copy();
    score.setId("");
    score.setIdentifier(null);
    score.setValue(new IntegerType(36));

    Answer answer = SCHEME.send("POST", "/fhir/Observation", text(score));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body())
        .contains("fp-" + score.getCode().getCodingFirstRep().getCode())
        .doesNotContain("36");
  }

  private static Answer extract(ApiClient client, QuestionnaireResponse response) {
    return client.send("POST", "/fhir/" + referenceTo(response) + "/$extract", NOTHING);
  }

  private static Answer extractSent(ApiClient client, QuestionnaireResponse response) {
    Parameters parameters = new Parameters();
    parameters.addParameter().setName("questionnaire-response").setResource(response);
    return client.send("POST", "/fhir/QuestionnaireResponse/$extract", text(parameters));
  }

  private static List<Answer> atTheSameTime(int times, Supplier<Answer> call) throws Exception {
    CyclicBarrier together = new CyclicBarrier(times);
    ExecutorService callers = Executors.newFixedThreadPool(times);
    try {
      List<Future<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        calls.add(
            callers.submit(
                () -> {
                  together.await();
                  return call.get();
                }));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : calls) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      callers.shutdownNow();
    }
  }

  private List<Observation> observations() {
    return SCHEME.search(Observation.class, "patient=" + referenceTo(patient));
  }

  private List<Goal> goals() {
    return SCHEME.search(Goal.class, "patient=" + referenceTo(patient));
  }

  private Goal goal(String words) {
    return goals().stream()
        .filter(goal -> goal.getDescription().getText().equals(words))
        .findFirst()
        .orElseThrow();
  }

  private List<Resource> everything() {
    return Stream.<Resource>concat(observations().stream(), goals().stream()).toList();
  }

  private static List<String> versions(Answer answer) {
    return answer.resource(Bundle.class).getEntry().stream()
        .map(entry -> entry.getResource().getIdElement().toUnqualified().getValue())
        .toList();
  }

  /** Kind, and code or words, of what was made. */
  private static String said(Observation made) {
    String kind =
        made.getCategory().stream()
            .flatMap(category -> category.getCoding().stream())
            .filter(coding -> coding.getSystem().endsWith("observation-kind"))
            .map(coding -> coding.getCode())
            .findFirst()
            .orElse("");
    if (made.hasValueCodeableConcept()) {
      return kind + " " + made.getValueCodeableConcept().getCodingFirstRep().getCode();
    } else if (made.hasValueStringType()) {
      return kind + " " + made.getValueStringType().getValue();
    }
    String value =
        made.hasValueQuantity()
            ? made.getValueQuantity().getValue().toPlainString()
            : made.getValue().primitiveValue();
    String band = made.getInterpretationFirstRep().getCodingFirstRep().getCode();
    return kind
        + " "
        + made.getCode().getCodingFirstRep().getCode()
        + "="
        + value
        + (band == null ? "" : " " + band);
  }

  private static String text(Resource resource) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
  }
}
