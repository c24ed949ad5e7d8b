package io.fingerpost.profiles.measures;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.ProfileValidator;
import io.fingerpost.terminology.SystemUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sheets that come with the program. */
class QuestionnairesTest {
  private static final Path FOLDER = Path.of("src/main/resources/questionnaires");
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final ProfileValidator VALIDATOR = new ProfileValidator(CONTEXT);
  private static final Measures MEASURES = Measures.shipped(CONTEXT);

  static Stream<Named<Questionnaire>> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(QuestionnairesTest::read).toList().stream()
          .map(sheet -> Named.of(sheet.getIdElement().getIdPart(), sheet));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void meetsTheProfileAndStandsInItsFileUnderItsOwnUrl(Questionnaire sheet) {
    String id = sheet.getIdElement().getIdPart();

    assertThat(VALIDATOR.faults(sheet)).isEmpty();
    assertThat(sheet.getUrl()).isEqualTo("https://fingerpost.io/Questionnaire/" + id);
    assertThat(FOLDER.resolve("Questionnaire-" + id + ".json")).exists();
  }

  @ParameterizedTest
  @MethodSource("all")
  void asksForEveryItemOfTheMeasureItNamesAndForNoOther(Questionnaire sheet) {
    for (QuestionnaireItemComponent group : sheet.getItem()) {
      if (Measures.isSystem(group.getCodeFirstRep().getSystem())) {
        assertThat(measureCodes(group.getItem()))
            .containsExactlyInAnyOrderElementsOf(
                MEASURES.scoresOf(group.getCodeFirstRep().getCode()).stream()
                    .flatMap(score -> score.items().stream())
                    .collect(Collectors.toSet()));
      }
    }
  }

  @Test
  void hasASheetForEveryMeasure() {
    Set<String> measures =
        MEASURES.all().stream().map(ScoreDefinition::measure).collect(Collectors.toSet());

    assertThat(measures)
        .allMatch(it -> Files.exists(FOLDER.resolve("Questionnaire-" + it + ".json")));
  }

  /**
   * The wording is its owners': a sheet of ours says which item it is, and nothing of what it asks.
   */
  @ParameterizedTest
  @ValueSource(strings = {"swemwbs", "wemwbs", "ucla-3"})
  void givesNoWordingThatIsNotFree(String measure) {
    QuestionnaireItemComponent group =
        read(FOLDER.resolve("Questionnaire-" + measure + ".json")).getItemFirstRep();

    assertThat(group.getItem())
        .allSatisfy(item -> assertThat(item.getText()).matches(Pattern.compile("Item \\d+")));
  }

  @Test
  void namesWhoseTheWordingIs() {
    assertThat(all().map(Named::getPayload)).allMatch(Questionnaire::hasCopyright);
    assertThat(read(FOLDER.resolve("Questionnaire-ons4.json")).getCopyright())
        .contains("Office for National Statistics", "Open Government Licence");
  }

  private static List<String> measureCodes(List<QuestionnaireItemComponent> items) {
    return items.stream()
        .flatMap(item -> item.getCode().stream())
        .filter(code -> SystemUrl.MEASURE.url().equals(code.getSystem()))
        .map(code -> code.getCode())
        .toList();
  }

  private static Questionnaire read(Path file) {
    try {
      return CONTEXT.newJsonParser().parseResource(Questionnaire.class, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
