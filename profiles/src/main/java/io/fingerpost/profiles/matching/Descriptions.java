package io.fingerpost.profiles.matching;

import java.util.EnumSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Patient;

/**
 * Compares two descriptions of whoever has one identifier. A pure function; its table stands in
 * {@code docs/decisions} and is the table of the test.
 *
 * <p>A name changes by marriage, and people are called by another name than they were given: one of
 * the two names may differ. Both differ only where the number is somebody else's, or where so much
 * has changed that a person should look. Sex as recorded changes too and is not compared.
 */
public final class Descriptions {

  private Descriptions() {}

  /** What speaks against their being one person; empty where nothing does. */
  public static Set<Difference> differences(Patient one, Patient other) {
    Set<Difference> found = EnumSet.noneOf(Difference.class);
    boolean bothBorn = one.hasBirthDate() && other.hasBirthDate();
    if (bothBorn && !isSameBirth(one, other)) {
      found.add(Difference.BIRTH_DATE);
    }
    if (areOthers(PersonNames.of(one), PersonNames.of(other), bothBorn)) {
      found.add(Difference.NAME);
    }
    return found;
  }

  /** A date known to the year or the month agrees with every day of it. */
  private static boolean isSameBirth(Patient one, Patient other) {
    String born = one.getBirthDateElement().getValueAsString();
    String alsoBorn = other.getBirthDateElement().getValueAsString();
    return born.startsWith(alsoBorn) || alsoBorn.startsWith(born);
  }

  /** Without dates of birth to compare, another family name is enough for a doubt. */
  private static boolean areOthers(PersonNames one, PersonNames other, boolean bothBorn) {
    boolean familyDiffers = one.hasFamily() && other.hasFamily() && !one.sharesFamilyWith(other);
    boolean givenDiffers = one.hasGiven() && other.hasGiven() && !one.sharesGivenWith(other);
    return familyDiffers && (givenDiffers || !bothBorn) && !one.isTurnedRoundIn(other);
  }
}
