package io.fingerpost.profiles.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.hl7.fhir.r4.model.Identifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NhsNumberTest {

  @ParameterizedTest
  @ValueSource(strings = {"9990000018", "9990000085", "9990000204", "9000000009", "9476719931"})
  void isReadWhenItsCheckDigitAgrees(String text) {
    assertThat(NhsNumber.parse(text)).map(NhsNumber::value).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"999 000 0018", " 9990000018 ", "999-000-0018"})
  void isReadAsPeopleWriteIt(String text) {
    assertThat(NhsNumber.parse(text)).map(NhsNumber::value).contains("9990000018");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9990000019",
        "9990000081",
        "9900000018",
        "9990000140",
        "999000001",
        "99900000180"
      })
  void isNotReadWhenADigitIsWrongSwappedOrMissing(String text) {
    assertThat(NhsNumber.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "999000001X", "٩٩٩٠٠٠٠٠١٨", "+990000018"})
  void isNotReadFromWhatIsNoNumber(String text) {
    assertThat(NhsNumber.parse(text)).isEmpty();
  }

  @Test
  void cannotBeMadeOfAWrongNumberEitherAndDoesNotRepeatIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NhsNumber("9990000019"))
        .withMessage("not an NHS number");
  }

  @Test
  void becomesAnIdentifierOfTheNhsSystem() {
    Identifier identifier = new NhsNumber("9990000018").toIdentifier();

    assertThat(identifier.getSystem()).isEqualTo("https://fhir.nhs.uk/Id/nhs-number");
    assertThat(identifier.getValue()).isEqualTo("9990000018");
  }

  @Test
  void keepsOutOfText() {
    assertThat(new NhsNumber("9990000018").toString()).doesNotContain("9990000018");
  }
}
