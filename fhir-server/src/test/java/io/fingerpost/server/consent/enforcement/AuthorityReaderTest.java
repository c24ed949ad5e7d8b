package io.fingerpost.server.consent.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.server.consent.decision.Authority;
import io.fingerpost.server.consent.decision.Authority.Capacity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuthorityReaderTest {

  private final Map<String, RelatedPerson> stored = new HashMap<>();
  private final AuthorityReader reader =
      new AuthorityReader(reference -> Optional.ofNullable(stored.get(reference)));

  @Test
  void takesAConsentThatNamesNobodyForThePersons() {
    assertThat(reader.of(of("Patient/1"))).isNull();
  }

  @Test
  void takesAConsentThatThePersonPerformsForThePersons() {
    assertThat(reader.of(by(new Reference("Patient/1")))).isNull();
    assertThat(reader.of(by(new Reference("Patient/1"), new Reference("RelatedPerson/9"))))
        .isNull();
  }

  @Test
  void knowsThePersonByNumberWhereThereIsNoReference() {
    Reference person = new Reference().setIdentifier(new NhsNumber("9990000018").toIdentifier());
    Consent consent = new Consent().setPatient(person.copy());
    consent.addPerformer(person.copy().setType("Patient"));
    assertThat(reader.of(consent)).isNull();

    consent.getPerformerFirstRep().setIdentifier(new NhsNumber("9990000026").toIdentifier());
    assertThat(reader.of(consent)).isEqualTo(unknown());
  }

  @Test
  void doesNotTakeAnotherPatientForThePerson() {
    assertThat(reader.of(by(new Reference("Patient/2")))).isEqualTo(unknown());
  }

  @ParameterizedTest
  @CsvSource({
    "ATTORNEY, ATTORNEY",
    "HPOWATT, ATTORNEY",
    "DEPUTY, DEPUTY",
    "PARENTAL_RESPONSIBILITY, PARENT",
    "NATIONAL_PROXY, PROXY"
  })
  void readsTheRightFromTheRelatedPerson(ConsentTerms relationship, Capacity capacity) {
    stored.put("RelatedPerson/9", related(relationship.toConcept()));
    assertThat(reader.of(by(new Reference("RelatedPerson/9/_history/2"))))
        .isEqualTo(
            new Authority(
                capacity, true, FhirTime.from(Consents.period("2026-01-01", "2027-01-01")).get()));
  }

  @Test
  void readsTheRightBesideTheFamilyRelationship() {
    RelatedPerson daughter = related(family("DAUC"));
    daughter.addRelationship(ConsentTerms.ATTORNEY.toConcept());
    stored.put("RelatedPerson/9", daughter);
    assertThat(recognised()).isTrue();
  }

  static Stream<Arguments> noRight() {
    return Stream.of(
        without("a daughter", r -> r.getRelationship().set(0, family("DAUC"))),
        without("a mother", r -> r.getRelationship().set(0, family("NMTH"))),
        without("an attorney for property", r -> r.getRelationship().set(0, family("POWATT"))),
        without(
            "what is no relationship",
            r -> r.getRelationship().set(0, ConsentTerms.BEST_INTERESTS.toConcept())),
        without("rejected or ended", r -> r.setActive(false)),
        without("of another person", r -> r.setPatient(new Reference("Patient/2"))),
        without("of nobody", r -> r.setPatient(new Reference())),
        without("modified in some way", r -> r.addModifierExtension(Consents.UNKNOWN)),
        without("by rules not known here", r -> r.setImplicitRules("https://example.org/rules")),
        without(
            "dates in the wrong order",
            r -> r.setPeriod(Consents.period("2027-01-01", "2026-01-01"))),
        without(
            "a parent, and not until when",
            r -> {
              r.getRelationship().set(0, ConsentTerms.PARENTAL_RESPONSIBILITY.toConcept());
              r.setPeriod(new Period());
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noRight")
  void recognisesNoRight(String name, Consumer<RelatedPerson> change) {
    RelatedPerson related = related(ConsentTerms.ATTORNEY.toConcept());
    change.accept(related);
    stored.put("RelatedPerson/9", related);
    assertThat(recognised()).isFalse();
  }

  @Test
  void recognisesNobodyWhoIsNotStored() {
    assertThat(recognised()).isFalse();
    assertThat(
            reader.of(
                by(
                    new Reference()
                        .setType("RelatedPerson")
                        .setIdentifier(new NhsNumber("9990000026").toIdentifier()))))
        .isEqualTo(unknown());
  }

  @Test
  void recognisesSeveralOnlyTogether() {
    stored.put("RelatedPerson/9", related(ConsentTerms.ATTORNEY.toConcept()));
    Consent joint = by(new Reference("RelatedPerson/9"), new Reference("RelatedPerson/10"));
    assertThat(reader.of(joint)).extracting(Authority::recognised).isEqualTo(false);

    RelatedPerson other = related(ConsentTerms.ATTORNEY.toConcept());
    other.setPeriod(Consents.period("2026-06-01", "2028-01-01"));
    stored.put("RelatedPerson/10", other);
    assertThat(reader.of(joint))
        .isEqualTo(
            new Authority(
                Capacity.ATTORNEY,
                true,
                FhirTime.from(Consents.period("2026-06-01", "2027-01-01")).get()));
  }

  @Test
  void takesAProfessionalBesideARelatedPersonForAWitness() {
    stored.put("RelatedPerson/9", related(ConsentTerms.NATIONAL_PROXY.toConcept()));
    assertThat(reader.of(by(new Reference("RelatedPerson/9"), new Reference("Practitioner/3"))))
        .extracting(Authority::capacity, Authority::recognised)
        .containsExactly(Capacity.PROXY, true);
  }

  @Test
  void takesAProfessionalAloneForNobodyWithARight() {
    assertThat(reader.of(by(new Reference("Practitioner/3")))).isEqualTo(unknown());
  }

  @Test
  void readsABestInterestsDecisionOfAProfessional() {
    for (String who : new String[] {"Practitioner/3", "PractitionerRole/4"}) {
      Consent consent = by(new Reference(who));
      consent.addCategory(ConsentTerms.BEST_INTERESTS.toConcept());
      assertThat(reader.of(consent))
          .isEqualTo(new Authority(Capacity.BEST_INTERESTS, true, always()));
    }
  }

  @Test
  void recognisesABestInterestsDecisionOfNobodyElse() {
    Consent consent = by(new Reference("Patient/1"));
    consent.addCategory(ConsentTerms.BEST_INTERESTS.toConcept());
    assertThat(reader.of(consent))
        .isEqualTo(new Authority(Capacity.BEST_INTERESTS, false, always()));
  }

  private boolean recognised() {
    Authority authority = reader.of(by(new Reference("RelatedPerson/9")));
    return authority != null && authority.recognised();
  }

  private static RelatedPerson related(CodeableConcept relationship) {
    RelatedPerson related = new RelatedPerson();
    related.setPatient(new Reference("Patient/1")).addRelationship(relationship);
    return related.setPeriod(Consents.period("2026-01-01", "2027-01-01"));
  }

  private static CodeableConcept family(String code) {
    return new CodeableConcept(
        new Coding("http://terminology.hl7.org/CodeSystem/v3-RoleCode", code, null));
  }

  private static Consent of(String patient) {
    return new Consent().setPatient(new Reference(patient));
  }

  private static Consent by(Reference... performers) {
    Consent consent = of("Patient/1");
    Stream.of(performers).forEach(consent::addPerformer);
    return consent;
  }

  private static Authority unknown() {
    return new Authority(Capacity.UNKNOWN, false, always());
  }

  private static io.fingerpost.server.consent.decision.Period always() {
    return io.fingerpost.server.consent.decision.Period.ALWAYS;
  }

  private static Arguments without(String name, Consumer<RelatedPerson> change) {
    return Arguments.of(name, change);
  }
}
