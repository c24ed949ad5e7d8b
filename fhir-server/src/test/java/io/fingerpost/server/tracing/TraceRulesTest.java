package io.fingerpost.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.profiles.identity.NhsNumber;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceRulesTest {

  private static final String NUMBER = "9990000018";
  private static final String ITS_SUCCESSOR = "9990000026";
  private static final String UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/Extension-";
  private static final String STATUS = UK_CORE + "UKCore-NHSNumberVerificationStatus";
  private static final String DEATH = UK_CORE + "UKCore-DeathNotificationStatus";

  private final TraceRules rules = new TraceRules(number -> false);
  private final Patient person = numbered(described("Cox", "Brian", "1948-03-12"), "02");
  private final Patient traced = traced(NUMBER, described("Cox", "Brian", "1948-03-12"));

  @ParameterizedTest
  @CsvSource({
    "found,        Cox,    Brian, 1948-03-12, VERIFIED,    01",
    "found,        Tilley, Brian, 1948-03-12, VERIFIED,    01",
    "found,        Tilley, Maud,  1948-03-12, CONFLICT,    05",
    "found,        Cox,    Brian, 1948-12-03, CONFLICT,    05",
    "superseded,   Cox,    Brian, 1948-03-12, SUPERSEDED,  01",
    "superseded,   Tilley, Maud,  1948-03-12, CONFLICT,    05",
    "two records,  Cox,    Brian, 1948-03-12, TWO_RECORDS, 05",
    "nobody,       -,      -,     -,          NO_MATCH,    04",
    "invalidated,  -,      -,     -,          INVALIDATED, 04",
    "refused,      -,      -,     -,          REFUSED,     02",
  })
  void givesTheNumberTheStatusOfTheAnswer(
      String answer,
      String family,
      String given,
      String born,
      TraceOutcome outcome,
      String status) {
    TraceRules applied = new TraceRules(number -> answer.equals("two records"));
    PdsAnswer told =
        switch (answer) {
          case "found" -> new PdsAnswer.Found(traced(NUMBER, described(family, given, born)));
          case "nobody" -> new PdsAnswer.Nobody();
          case "invalidated" -> new PdsAnswer.Invalidated();
          case "refused" -> new PdsAnswer.Refused("INVALID_RESOURCE_ID");
          default -> new PdsAnswer.Found(traced(ITS_SUCCESSOR, described(family, given, born)));
        };

    assertThat(applied.apply(told, person)).isEqualTo(outcome);

    assertThat(statusOf(person)).isEqualTo(status);
  }

  @Test
  void takesTheNumberThatHasTakenTheOldOnesPlaceAndKeepsTheOldOneBeside() {
    rules.apply(new PdsAnswer.Found(traced(ITS_SUCCESSOR, traced)), person);

    assertThat(person.getIdentifier())
        .extracting(Identifier::getSystem, Identifier::getValue)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("https://fhir.nhs.uk/Id/nhs-number", ITS_SUCCESSOR),
            org.assertj.core.groups.Tuple.tuple(
                "https://fingerpost.io/Id/superseded-nhs-number", NUMBER));
  }

  @Test
  void leavesTheNumberWhereItsSuccessorIsAnotherRecords() {
    new TraceRules(number -> number.value().equals(ITS_SUCCESSOR))
        .apply(new PdsAnswer.Found(traced(ITS_SUCCESSOR, traced)), person);

    assertThat(person.getIdentifier())
        .singleElement()
        .extracting(Identifier::getValue)
        .isEqualTo(NUMBER);
  }

  @ParameterizedTest
  @CsvSource({"R, R", "V, V", "U, ''", "N, ''"})
  void takesOverThatARecordIsRestricted(String there, String here) {
    traced.getMeta().addSecurity().setSystem("https://whatever.example").setCode(there);

    rules.apply(new PdsAnswer.Found(traced), person);

    assertThat(person.getMeta().getSecurity())
        .extracting(Coding::getCode)
        .containsExactly(here.isEmpty() ? new String[0] : new String[] {here});
  }

  @Test
  void takesOverADeath() {
    traced.setDeceased(new DateTimeType("2026-02-01T00:00:00+00:00"));
    traced.addExtension(death("2"));

    rules.apply(new PdsAnswer.Found(traced), person);

    assertThat(person.getDeceasedDateTimeType().getValueAsString()).startsWith("2026-02-01");
    assertThat(person.getExtensionByUrl(DEATH)).isNotNull();
  }

  @Test
  void doesNotTakeOverADeathThatWasTakenBack() {
    traced.setDeceased(new DateTimeType("2026-02-01T00:00:00+00:00"));
    traced.addExtension(death("U"));

    rules.apply(new PdsAnswer.Found(traced), person);

    assertThat(person.hasDeceased()).isFalse();
  }

  @Test
  void takesNothingOverFromSomebodyElse() {
    Patient somebody = traced(NUMBER, described("Tilley", "Maud", "1948-12-03"));
    somebody.setDeceased(new DateTimeType("2026-02-01T00:00:00+00:00"));
    somebody.getMeta().addSecurity().setCode("R");

    rules.apply(new PdsAnswer.Found(somebody), person);

    assertThat(person.hasDeceased()).isFalse();
    assertThat(person.getMeta().hasSecurity()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Cox,    Brian, 1948-03-12, WX1 2AB, FOUND",
    "Cox,    Brian, 1948-03-12, wx12ab,  FOUND",
    "Cox,    Brian, 1948-03-12, WX9 9ZZ, NO_MATCH",
    "Tilley, Brian, 1948-03-12, WX1 2AB, NO_MATCH",
    "Cox,    Maud,  1948-03-12, WX1 2AB, NO_MATCH",
    "Cox,    Brian, 1948,       WX1 2AB, NO_MATCH",
  })
  void givesANumberOnlyToWhomEverythingAgreesWith(
      String family, String given, String born, String postcode, TraceOutcome outcome) {
    Patient unnumbered = described("Cox", "Brian", "1948-03-12");
    unnumbered.addAddress().setPostalCode("WX1 2AB");
    Patient answer = traced(NUMBER, described(family, given, born));
    answer.addAddress().setPostalCode(postcode);

    assertThat(rules.apply(new PdsAnswer.Found(answer), unnumbered)).isEqualTo(outcome);

    assertThat(TraceRules.numberOf(unnumbered).isPresent())
        .isEqualTo(outcome == TraceOutcome.FOUND);
  }

  @Test
  void givesNobodyANumberThatAnotherRecordHas() {
    Patient unnumbered = described("Cox", "Brian", "1948-03-12");
    unnumbered.addAddress().setPostalCode("WX1 2AB");
    traced.addAddress().setPostalCode("WX1 2AB");

    assertThat(new TraceRules(number -> true).apply(new PdsAnswer.Found(traced), unnumbered))
        .isEqualTo(TraceOutcome.TWO_RECORDS);
    assertThat(unnumbered.hasIdentifier()).isFalse();
  }

  private static Extension death(String status) {
    Extension extension = new Extension(DEATH);
    extension.addExtension(
        "deathNotificationStatus", new CodeableConcept(new Coding().setCode(status)));
    return extension;
  }

  private static Patient traced(String number, Patient description) {
    Patient answer = description.copy();
    answer.setId(number);
    return answer;
  }

  private static Patient numbered(Patient person, String status) {
    Identifier number = new NhsNumber(NUMBER).toIdentifier();
    number.addExtension(STATUS, new CodeableConcept(new Coding().setCode(status)));
    return person.addIdentifier(number);
  }

  private static String statusOf(Patient person) {
    CodeableConcept status =
        (CodeableConcept) person.getIdentifierFirstRep().getExtensionByUrl(STATUS).getValue();
    return status.getCodingFirstRep().getCode();
  }

  private static Patient described(String family, String given, String born) {
    Patient person = new Patient();
    person.addName().setFamily(family).addGiven(given);
    if (!born.equals("-")) {
      person.setBirthDateElement(new DateType(born));
    }
    return person;
  }
}
