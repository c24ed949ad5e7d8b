package io.fingerpost.profiles.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.ProfileValidator;
import io.fingerpost.profiles.measures.ItemFault.Code;
import io.fingerpost.profiles.measures.Reading.Direction;
import io.fingerpost.terminology.SystemUrl;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scores against what is published of them. */
class MeasuresTest {
  private static final Measures MEASURES = Measures.shipped(FhirContext.forR4Cached());
  private static final ProfileValidator VALIDATOR = new ProfileValidator(FhirContext.forR4Cached());

  static Stream<ScoreDefinition> all() {
    return MEASURES.all().stream();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          7, 7.00
          8, 9.51
          9, 11.25
          10, 12.40
          11, 13.33
          12, 14.08
          13, 14.75
          14, 15.32
          15, 15.84
          16, 16.36
          17, 16.88
          18, 17.43
          19, 17.98
          20, 18.59
          21, 19.25
          22, 19.98
          23, 20.73
          24, 21.54
          25, 22.35
          26, 23.21
          27, 24.11
          28, 25.03
          29, 26.02
          30, 27.03
          31, 28.13
          32, 29.31
          33, 30.70
          34, 32.55
          35, 35.00
          """)
  void convertsEveryRawSwemwbsScoreByThePublishedTable(int raw, BigDecimal metric) {
    assertThat(values(MEASURES.score("swemwbs", sevenItems(raw))))
        .containsOnlyKeys("swemwbs-raw", "swemwbs-metric")
        .hasEntrySatisfying("swemwbs-raw", it -> assertThat(it).isEqualByComparingTo("" + raw))
        .hasEntrySatisfying("swemwbs-metric", it -> assertThat(it).isEqualByComparingTo(metric));
  }

  @Test
  void hasNoOtherSwemwbsConversionThanThePublishedOnes() {
    assertThat(MEASURES.score("swemwbs-metric").orElseThrow().recipe().conversion()).hasSize(29);
  }

  @ParameterizedTest
  @CsvSource({"21, low", "22, medium", "30, medium", "31, high", "35, high", "7, low"})
  void namesTheBandOfASwemwbsScore(int raw, String band) {
    assertThat(bands(MEASURES.score("swemwbs", sevenItems(raw))))
        .containsEntry("swemwbs-metric", band)
        .containsEntry("swemwbs-raw", "");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0, low, very-low
          1, low, very-low
          2, low, low
          3, low, low
          4, low, medium
          5, medium, medium
          6, medium, high
          7, high, high
          8, high, high
          9, very-high, high
          10, very-high, high
          """)
  void namesTheBandOfEachOns4ScoreWithAnxietyReversed(int answer, String others, String anxiety) {
    Map<String, String> bands =
        bands(
            MEASURES.score(
                "ons4",
                answers(
                    Map.of(
                        "ons4-life-satisfaction", answer,
                        "ons4-worthwhile", answer,
                        "ons4-happiness", answer,
                        "ons4-anxiety", answer))));

    assertThat(bands)
        .containsOnly(
            Map.entry("ons4-life-satisfaction", others),
            Map.entry("ons4-worthwhile", others),
            Map.entry("ons4-happiness", others),
            Map.entry("ons4-anxiety", anxiety));
  }

  @Test
  void readsHigherAsBetterForThreeOfOns4AndLowerForAnxiety() {
    assertThat(MEASURES.scoresOf("ons4"))
        .extracting(score -> score.code() + " " + score.reading().direction().orElseThrow())
        .containsExactly(
            "ons4-life-satisfaction " + Direction.HIGHER_IS_BETTER,
            "ons4-worthwhile " + Direction.HIGHER_IS_BETTER,
            "ons4-happiness " + Direction.HIGHER_IS_BETTER,
            "ons4-anxiety " + Direction.LOWER_IS_BETTER);
  }

  @Test
  void makesNoTotalOfOns4AndNoScoreOfAnUnansweredQuestion() {
    assertThat(values(MEASURES.score("ons4", answers(Map.of("ons4-anxiety", 3)))))
        .containsOnlyKeys("ons4-anxiety");
  }

  @ParameterizedTest
  @ValueSource(strings = {"swemwbs", "wemwbs", "ucla-3"})
  void refusesASumWithAnItemMissingAndNamesTheItem(String measure) {
    Map<String, BigDecimal> answers = everyItem(measure, 1);
    answers.remove(measure + "-item-2");

    refuses(measure, answers, new ItemFault(Code.ITEM_MISSING, measure + "-item-2"));
  }

  @ParameterizedTest
  @CsvSource({
    "swemwbs, swemwbs-item-7, 0",
    "swemwbs, swemwbs-item-7, 6",
    "swemwbs, swemwbs-item-7, 2.5",
    "wemwbs, wemwbs-item-14, 6",
    "ucla-3, ucla-3-item-1, 4",
    "ucla-3, ucla-3-item-1, 0",
    "ons4, ons4-anxiety, 11",
    "ons4, ons4-happiness, -1",
    "pam, pam-score, 100.1",
    "pam, pam-level, 5",
    "pam, pam-level, 0",
    "mycaw, mycaw-wellbeing, 7",
    "satisfaction, satisfaction-overall, 0",
    "satisfaction, satisfaction-overall, 6",
    "service-use, gp-contacts, -1",
    "service-use, ae-contacts, 0.5"
  })
  void refusesAnAnswerOutsideItsScaleAndNamesTheItem(
      String measure, String item, BigDecimal answer) {
    Map<String, BigDecimal> answers = everyItem(measure, 1);
    answers.put(item, answer);

    refuses(measure, answers, new ItemFault(Code.ITEM_OUT_OF_RANGE, item));
  }

  @Test
  void refusesAnItemOfAnotherMeasure() {
    Map<String, BigDecimal> answers = everyItem("ucla-3", 2);
    answers.put("swemwbs-item-1", BigDecimal.ONE);

    refuses("ucla-3", answers, new ItemFault(Code.ITEM_UNKNOWN, "swemwbs-item-1"));
  }

  @Test
  void neverSaysInARefusalWhatWasAnswered() {
    Map<String, BigDecimal> answers = everyItem("ucla-3", 1);
    answers.put("ucla-3-item-1", BigDecimal.valueOf(4711));

    assertThatThrownBy(() -> MEASURES.score("ucla-3", answers))
        .hasMessageContaining("ucla-3-item-1")
        .hasMessageNotContaining("4711");
  }

  @ParameterizedTest
  @CsvSource({
    "wemwbs, wemwbs-total, 1, 14",
    "wemwbs, wemwbs-total, 5, 70",
    "ucla-3, ucla-3-total, 1, 3",
    "ucla-3, ucla-3-total, 3, 9"
  })
  void sumsFromTheLowestToTheHighestScore(
      String measure, String score, int answer, BigDecimal sum) {
    assertThat(values(MEASURES.score(measure, everyItem(measure, answer))))
        .hasEntrySatisfying(score, it -> assertThat(it).isEqualByComparingTo(sum));
  }

  @Test
  void keepsThePatientActivationMeasureAsGivenAndWorksNothingOut() {
    assertThat(values(MEASURES.score("pam", Map.of("pam-score", new BigDecimal("55.6")))))
        .containsExactly(Map.entry("pam-score", new BigDecimal("55.6")));
  }

  @Test
  void takesNoSheetThatNobodyAnswered() {
    assertThat(MEASURES.score("swemwbs", Map.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void namesItsLicenceAndItsSource(ScoreDefinition score) {
    Extension scoring = score.definition().getExtension().get(0);

    assertThat(scoring.getExtensionString("licence")).isNotBlank();
    assertThat(scoring.getExtensionString("source")).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasBandsThatDoNotOverlapAndLieOnItsScale(ScoreDefinition score) {
    BigDecimal before = null;
    for (Reading.Band band : score.reading().bands()) {
      assertThat(score.scale().has(band.range().least())).isTrue();
      if (before != null) {
        assertThat(band.range().least()).isGreaterThan(before);
      }
      before = band.range().most();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void isDefinedAsFhirAndOurExtensionHaveIt(ScoreDefinition score) {
    assertThat(VALIDATOR.faults(score.definition())).isEmpty();
  }

  /** None was found published for these scores in a source that could be read. */
  @ParameterizedTest
  @MethodSource("all")
  void claimsNoMinimalImportantChangeThatWasNotFoundPublished(ScoreDefinition score) {
    assertThat(score.reading().minimalImportantChange()).isEmpty();
  }

  @Test
  void hasADefinitionForEachScoreAndNoOther() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/measures"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              MEASURES.all().stream()
                  .map(score -> "ObservationDefinition-" + score.code() + ".json")
                  .toList());
    }
  }

  @Test
  void knowsTheSystemOfMeasures() {
    assertThat(Measures.isSystem(SystemUrl.MEASURE.url())).isTrue();
    assertThat(Measures.isSystem(SystemUrl.SNOMED_CT.url())).isFalse();
  }

  private static void refuses(
      String measure, Map<String, BigDecimal> answers, ItemFault... faults) {
    assertThatThrownBy(() -> MEASURES.score(measure, answers))
        .isInstanceOfSatisfying(
            ScoringRefused.class, refused -> assertThat(refused.faults()).containsExactly(faults));
  }

  /** Seven answers of 1 to 5 whose sum is the one wanted. */
  private static Map<String, BigDecimal> sevenItems(int sum) {
    Map<String, BigDecimal> answers = new HashMap<>();
    int left = sum;
    for (int item = 1; item <= 7; item++) {
      int answer = Math.min(5, left - (7 - item));
      answers.put("swemwbs-item-" + item, BigDecimal.valueOf(answer));
      left -= answer;
    }
    return answers;
  }

  private static Map<String, BigDecimal> everyItem(String measure, int answer) {
    Map<String, BigDecimal> answers = new HashMap<>();
    for (ScoreDefinition score : MEASURES.scoresOf(measure)) {
      score.items().forEach(item -> answers.put(item, BigDecimal.valueOf(answer)));
    }
    return answers;
  }

  private static Map<String, BigDecimal> answers(Map<String, Integer> answers) {
    Map<String, BigDecimal> numbers = new HashMap<>();
    answers.forEach((item, answer) -> numbers.put(item, BigDecimal.valueOf(answer)));
    return numbers;
  }

  private static Map<String, BigDecimal> values(List<Score> scores) {
    Map<String, BigDecimal> values = new HashMap<>();
    scores.forEach(score -> values.put(score.definition().code(), score.value()));
    return values;
  }

  private static Map<String, String> bands(List<Score> scores) {
    Map<String, String> bands = new HashMap<>();
    scores.forEach(score -> bands.put(score.definition().code(), score.band().orElse("")));
    return bands;
  }
}
