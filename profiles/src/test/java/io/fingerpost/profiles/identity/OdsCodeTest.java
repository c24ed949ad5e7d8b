package io.fingerpost.profiles.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OdsCodeTest {

  @ParameterizedTest
  @ValueSource(strings = {"Z91001", "RR8", "Z9H01", " Z9S01 ", "A123456789"})
  void isReadWhenItHasThreeToTenCapitalsAndDigits(String text) {
    assertThat(OdsCode.parse(text)).map(OdsCode::value).contains(text.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "RR", "z91001", "Z9-001", "A1234567890", "Z91 001"})
  void isNotReadFromAnythingElse(String text) {
    assertThat(OdsCode.parse(text)).isEmpty();
  }

  @Test
  void cannotBeMadeOfAWrongCodeEither() {
    assertThatIllegalArgumentException().isThrownBy(() -> new OdsCode("z91001"));
  }

  @Test
  void becomesAnIdentifierOfTheOdsSystem() {
    assertThat(new OdsCode("Z91001").toIdentifier().getSystem())
        .isEqualTo("https://fhir.nhs.uk/Id/ods-organization-code");
  }
}
