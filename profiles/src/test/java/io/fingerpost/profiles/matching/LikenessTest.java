package io.fingerpost.profiles.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {

  @ParameterizedTest
  @CsvSource({
    "1948-03-12, Cox,    Brian, WX1 2AB, birthDate name.family name.given address.postalCode, true",
    "1948-03-12, Cocks,  Ann,   WX9 9ZZ, birthDate name.family,                               true",
    "1948-03-12, Tilley, Maud,  wx12ab,  birthDate address.postalCode,                        true",
    "1948-03-12, Tilley, Brian, WX9 9ZZ, birthDate name.given,                                false",
    "1948-03-12, Brian,  Cox,   WX9 9ZZ, birthDate name.family name.given,                    true",
    "1947-03-12, Cox,    Brian, WX1 2AB, name.family name.given address.postalCode,           false",
    "1948-03-12, Tilley, Maud,  WX9 9ZZ, birthDate,                                           false",
  })
  void tellsInWhatTwoAreAlike(
      String born, String family, String given, String postcode, String alike, boolean look) {
    Patient one = person("1948-03-12", "Cox", "Brian", "WX1 2AB");

    List<String> found = Likeness.of(one, person(born, family, given, postcode));

    assertThat(found).containsExactly(alike.split(" "));
    assertThat(Likeness.isWorthALook(found)).isEqualTo(look);
  }

  private static Patient person(String born, String family, String given, String postcode) {
    Patient person = DescriptionsTest.described(born, family, given);
    person.addAddress().setPostalCode(postcode);
    return person;
  }
}
