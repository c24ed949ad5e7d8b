package io.fingerpost.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CodeTranslatorTest {

  private static final String ENGLAND =
      "https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland";

  private final CodeTranslator codes = new CodeTranslator();

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource(
      textBlock =
          """
          SEX,               F,                           female
          SEX,               M,                           male
          SEX,               A,                           other
          SEX,               2,                           female
          SEX,               X,                           unknown
          REFERRAL_PRIORITY, S,                           stat
          REFERRAL_PRIORITY, A,                           asap
          REFERRAL_PRIORITY, R,                           routine
          REFERRAL_STATUS,   A,                           active
          REFERRAL_STATUS,   P,                           active
          REFERRAL_STATUS,   R,                           revoked
          REFERRAL_STATUS,   E,                           revoked
          NHS_NUMBER_STATUS, 01,                          01
          NHS_NUMBER_STATUS, 08,                          08
          NHS_NUMBER_STATUS, number-present-and-verified, 01
          NHS_NUMBER_STATUS, trace-postponed,             08
          LANGUAGE,          cy,                          cy
          LANGUAGE,          q4,                          bfi
          CONSENT_STATUS,    A,                           active
          CONSENT_STATUS,    L,                           proposed
          CONSENT_STATUS,    R,                           rejected
          CONSENT_STATUS,    X,                           rejected
          SEX,               N,                           other
          ETHNIC_CATEGORY,   A,                           A
          ETHNIC_CATEGORY,   99,                          99
          ETHNIC_CATEGORY,   CL,                          C
          COUNCIL_GENDER,    X,                           unknown
          HOUSING_GENDER,    X,                           other
          HOUSING_REASON,    44,                          bereavement
          HOUSING_ACCESS_NEED, housingneeds_c,            step-free
          NEED_TO_GRAVITY,   loneliness,                  social-connection
          REJECTION_TO_BARS, no-capacity,                 22
          ATTENDANCE_TO_BSER, did-not-attend,             5.1.2
          ATTENDANCE_TO_APPOINTMENT, did-not-attend,      noshow
          ATTENDANCE_TO_ENCOUNTER, attended-late,         finished
          """)
  void saysWhatACodeMeans(CodeMap map, String code, String meaning) {
    assertThat(codes.translate(map, code).code()).contains(meaning);
  }

  @ParameterizedTest(name = "{0} {1} is in no map")
  @CsvSource(
      textBlock =
          """
          SEX,               f
          SEX,               ''
          SEX,               Female
          REFERRAL_PRIORITY, U
          REFERRAL_STATUS,   Pending
          NHS_NUMBER_STATUS, 1
          NHS_NUMBER_STATUS, 09
          LANGUAGE,          qq
          CONSENT_STATUS,    Y
          """)
  void neverGuesses(CodeMap map, String code) {
    Translation found = codes.translate(map, code);
    assertThat(found)
        .isInstanceOfSatisfying(
            Translation.Unmapped.class,
            kept -> {
              assertThat(kept.value()).isEqualTo(code);
              assertThat(kept.deliberate()).isFalse();
            });
    assertThat(found.code()).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1} is in the map, and means nothing to us")
  @CsvSource(
      textBlock =
          """
          REFERRAL_TYPE,     Psy
          NHS_NUMBER_STATUS, nn
          LANGUAGE,          q1
          LANGUAGE,          q5
          HOUSING_REASON,    28
          NEED_TO_GRAVITY,   caring
          REJECTION_TO_BARS, could-not-be-contacted
          """)
  void makesNothingOfWhatIsDeliberatelyUnmapped(CodeMap map, String code) {
    List<String> told = new ArrayList<>();
    CodeTranslator telling = new CodeTranslator((of, unmapped) -> told.add(unmapped.value()));

    assertThat(telling.translate(map, code))
        .isInstanceOfSatisfying(
            Translation.Unmapped.class, kept -> assertThat(kept.deliberate()).isTrue());
    assertThat(told).as("nobody has to map it").isEmpty();
  }

  @Test
  void tellsOfACodeThatNobodyHasLookedAt() {
    List<String> told = new ArrayList<>();
    CodeTranslator telling =
        new CodeTranslator((map, code) -> told.add(map + " " + code.system() + " " + code.value()));

    telling.translate(CodeMap.SEX, "F");
    telling.translate(CodeMap.SEX, "Q");

    assertThat(told).containsExactly("SEX http://terminology.hl7.org/CodeSystem/v2-0001 Q");
  }

  @Test
  void takesACodingOnlyForItsOwnSystem() {
    Coding england = new Coding().setSystem(ENGLAND).setCode("A");
    Coding elsewhere = new Coding().setSystem("https://example.org/ethnicity").setCode("A");

    assertThat(codes.translate(CodeMap.ETHNIC_CATEGORY, england).code()).contains("A");
    assertThat(codes.translate(CodeMap.ETHNIC_CATEGORY, elsewhere))
        .isEqualTo(new Translation.Unmapped("https://example.org/ethnicity", "A", false));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          narrower,  NARROWER,  true,  '',           guesses
          unexplained inexact, INEXACT, true, '',    guesses
          unmatched without a reason, UNMATCHED, false, '', say why
          unmatched with a target,    UNMATCHED, true,  but, say why
          """)
  void refusesAMapThatGuesses(
      String name, ConceptMapEquivalence equivalence, boolean code, String why, String fault) {
    ConceptMap map = new ConceptMap();
    ConceptMap.TargetElementComponent target =
        map.addGroup().setSource("urn:s").setTarget("urn:t").addElement().setCode("a").addTarget();
    target.setEquivalence(equivalence).setCode(code ? "b" : null).setComment(why);

    assertThatThrownBy(() -> new Meanings(map)).hasMessageContaining(fault);
  }

  @Test
  void refusesAMapThatSaysTwoThingsOfOneCode() {
    ConceptMap map = new ConceptMap();
    for (String meaning : List.of("b", "c")) {
      map.addGroup()
          .setSource("urn:" + meaning)
          .setTarget("urn:t")
          .addElement()
          .setCode("a")
          .addTarget()
          .setEquivalence(ConceptMapEquivalence.EQUAL)
          .setCode(meaning);
    }

    assertThatThrownBy(() -> new Meanings(map)).hasMessageContaining("one thing");
  }

  @ParameterizedTest
  @EnumSource
  void readsEveryMap(CodeMap map) {
    assertThat(map.id()).isNotBlank();
    assertThat(getClass().getResource("/conceptmaps/ConceptMap-" + map.id() + ".json")).isNotNull();
  }

  @Test
  void givesACodingThatItsUserMayChange() {
    Coding first = coding("F");
    first.setDisplay("changed");
    assertThat(coding("F").hasDisplay()).isFalse();
    assertThat(first.getSystem()).isEqualTo("http://hl7.org/fhir/administrative-gender");
  }

  private Coding coding(String code) {
    return ((Translation.Mapped) codes.translate(CodeMap.SEX, code)).coding();
  }
}
