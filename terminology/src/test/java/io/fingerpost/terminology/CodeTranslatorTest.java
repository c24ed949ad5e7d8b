package io.fingerpost.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CodeTranslatorTest {

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
          LANGUAGE,          q5
          CONSENT_STATUS,    Y
          """)
  void neverGuesses(CodeMap map, String code) {
    assertThat(codes.translate(map, code)).isEqualTo(new Translation.Unmapped());
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
