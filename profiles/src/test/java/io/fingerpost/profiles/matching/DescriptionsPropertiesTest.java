package io.fingerpost.profiles.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;

/** What holds of any two descriptions, whatever stands in them. */
class DescriptionsPropertiesTest {

  @Property(shrinking = ShrinkingMode.OFF)
  void doesNotDependOnWhoIsComparedWithWhom(
      @ForAll("people") Patient one, @ForAll("people") Patient other) {
    assertThat(Descriptions.differences(one, other))
        .isEqualTo(Descriptions.differences(other, one));
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void findsNobodyDifferentFromThemselves(@ForAll("people") Patient person) {
    assertThat(Descriptions.differences(person, person.copy())).isEmpty();
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void findsNothingAgainstADescriptionThatSaysNothing(@ForAll("people") Patient person) {
    assertThat(Descriptions.differences(person, new Patient())).isEmpty();
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void doesNotMindCapitals(@ForAll("people") Patient one, @ForAll("people") Patient other) {
    Patient loud = other.copy();
    for (HumanName name : loud.getName()) {
      if (name.hasFamily()) {
        name.setFamily(name.getFamily().toUpperCase(Locale.ROOT));
      }
    }

    assertThat(Descriptions.differences(one, loud)).isEqualTo(Descriptions.differences(one, other));
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void neverTakesTwoDaysForOneDateOfBirth(
      @ForAll("days") LocalDate one, @ForAll("days") LocalDate other) {
    Patient born = new Patient().setBirthDateElement(new DateType(one.toString()));
    Patient alsoBorn = new Patient().setBirthDateElement(new DateType(other.toString()));

    assertThat(Descriptions.differences(born, alsoBorn).contains(Difference.BIRTH_DATE))
        .isEqualTo(!one.equals(other));
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void aFurtherNameNeverMakesAPersonLessLikeTheOther(
      @ForAll("people") Patient one,
      @ForAll("people") Patient other,
      @ForAll("people") Patient named) {
    if (one.hasName() && other.hasName() && bothNamesComparable(one, other)) {
      Patient more = one.copy();
      named.getName().forEach(name -> more.addName(name.copy()));

      if (Descriptions.differences(one, other).isEmpty()) {
        assertThat(Descriptions.differences(more, other)).doesNotContain(Difference.NAME);
      }
    }
  }

  private static boolean bothNamesComparable(Patient one, Patient other) {
    return List.of(one, other).stream()
        .allMatch(
            person -> person.getNameFirstRep().hasFamily() && person.getNameFirstRep().hasGiven());
  }

  @Provide
  Arbitrary<LocalDate> days() {
    return Arbitraries.integers()
        .between(0, 400)
        .map(day -> LocalDate.of(1948, 1, 1).plusDays(day));
  }

  @Provide
  Arbitrary<Patient> people() {
    Arbitrary<String> words =
        Arbitraries.of("Cox", "Tilley", "O'Neill", "Smith-Jones", "Brian", "B", "Maud", "Zoë", "王")
            .injectNull(0.2);
    Arbitrary<String> births =
        Arbitraries.of("1948", "1948-03", "1948-03-12", "1948-12-03").injectNull(0.2);
    return Combinators.combine(births, words, words)
        .as((born, family, given) -> DescriptionsTest.described(born, family, given));
  }
}
