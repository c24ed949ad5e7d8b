package io.fingerpost.profiles.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Patient;

/**
 * In what two descriptions are alike, for a person to look at: by it nobody is matched. A pure
 * function.
 */
public final class Likeness {

  private Likeness() {}

  /**
   * The elements in which they are alike, in the words of FHIR: {@code birthDate}, {@code
   * name.family}, {@code name.given}, {@code address.postalCode}, {@code gender}.
   */
  public static List<String> of(Patient one, Patient other) {
    List<String> alike = new ArrayList<>();
    PersonNames names = PersonNames.of(one);
    PersonNames others = PersonNames.of(other);
    if (one.hasBirthDate()
        && other.hasBirthDate()
        && one.getBirthDateElement()
            .getValueAsString()
            .equals(other.getBirthDateElement().getValueAsString())) {
      alike.add("birthDate");
    }
    if (names.sharesFamilyWith(others) || names.isTurnedRoundIn(others)) {
      alike.add("name.family");
    }
    if (names.sharesGivenWith(others) || names.isTurnedRoundIn(others)) {
      alike.add("name.given");
    }
    if (postcodes(one).stream().anyMatch(postcodes(other)::contains)) {
      alike.add("address.postalCode");
    }
    if (one.hasGender() && one.getGender() == other.getGender()) {
      alike.add("gender");
    }
    return alike;
  }

  /** Whether somebody might be the same person: born on the same day, and of one name or place. */
  public static boolean isWorthALook(List<String> alike) {
    return alike.contains("birthDate")
        && (alike.contains("name.family") || alike.contains("address.postalCode"));
  }

  private static Set<String> postcodes(Patient person) {
    return person.getAddress().stream()
        .filter(Address::hasPostalCode)
        .map(address -> address.getPostalCode().replace(" ", "").toUpperCase(Locale.ROOT))
        .filter(code -> !code.isEmpty())
        .collect(Collectors.toSet());
  }
}
