package io.fingerpost.server.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.terminology.SystemUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PseudonymiserTest {
  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final String SNOMED = SystemUrl.SNOMED_CT.url();

  private final Pseudonyms pseudonyms =
      new Pseudonyms("a secret of thirty-two bytes ...".getBytes());
  private final Pseudonymiser pseudonymiser = new Pseudonymiser(pseudonyms);

  static List<Arguments> everyResourceWithEveryChoice() {
    List<Supplier<DomainResource>> types =
        List.of(Patient::new, ServiceRequest::new, Observation::new);
    List<Arguments> all = new ArrayList<>();
    for (Supplier<DomainResource> type : types) {
      for (int choice = 0; choice < 12; choice++) {
        all.add(Arguments.of(Planted.everywhereIn(type.get(), choice), choice));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("everyResourceWithEveryChoice")
  void leavesNothingThatNamesAPersonWhereverItStands(DomainResource planted, int choice) {
    assertThat(json(planted)).contains(Planted.NAME, Planted.NHS_NUMBER, Planted.POSTCODE);

    assertThat(json(pseudonymiser.copyOf(planted)))
        .doesNotContain(Planted.NAME, Planted.NHS_NUMBER, "999000001", "Mill", "BS99");
  }

  @Test
  void theNumberPlantedIsARealLookingOne() {
    assertThat(NhsNumber.parse(Planted.NHS_NUMBER)).isPresent();
  }

  @Test
  void keepsTheYearOfBirthAndNotTheDay() {
    Patient patient = Planted.everywhereIn(new Patient(), 0);
    assertThat(json(pseudonymiser.copyOf(patient))).contains("1956").doesNotContain("1956-03");
  }

  @Test
  void keepsCodesOfPublishedTerminologiesWithoutTheirWords() {
    ServiceRequest request = request();
    request
        .addReasonCode()
        .setText("Zebedee is lonely")
        .addCoding(new Coding("https://fingerpost.io/CodeSystem/need", "loneliness", "Zebedee"))
        .addCoding(new Coding("https://council.example/people", "zebedee", null));

    ServiceRequest copy = (ServiceRequest) pseudonymiser.copyOf(request);

    CodeableConcept expected = new CodeableConcept();
    expected.addCoding().setSystem("https://fingerpost.io/CodeSystem/need").setCode("loneliness");
    assertThat(copy.getReasonCodeFirstRep().equalsDeep(expected)).isTrue();
  }

  @Test
  void dropsAnNhsNumberSentAsACodeOrAnOrganisation() {
    ServiceRequest request = request();
    request.getCode().addCoding(new Coding(SNOMED, Planted.NHS_NUMBER, null));
    request.addReasonCode().addCoding(new Coding("http://loinc.org", Planted.NHS_NUMBER, null));
    request
        .addCategory()
        .addCoding(new Coding("https://fingerpost.io/CodeSystem/need", Planted.NHS_NUMBER, null));
    request
        .getRequester()
        .getIdentifier()
        .setSystem(SystemUrl.ODS_ORGANISATION.url())
        .setValue(Planted.NHS_NUMBER);

    assertThat(json(pseudonymiser.copyOf(request))).doesNotContain(Planted.NHS_NUMBER);
  }

  @Test
  void dropsNumbersThatAreNoScore() {
    Observation observation = new Observation();
    observation.setId("3");
    observation.setValue(new Quantity(Long.parseLong(Planted.NHS_NUMBER)));
    assertThat(((Observation) pseudonymiser.copyOf(observation)).hasValue()).isFalse();

    observation.setValue(new Quantity(5).setComparator(QuantityComparator.LESS_THAN));
    assertThat(((Observation) pseudonymiser.copyOf(observation)).hasValue()).isFalse();
  }

  @Test
  void takesTheDayInTheUnitedKingdomFromAMoment() {
    ServiceRequest request = request();
    request.setAuthoredOnElement(new DateTimeType("2026-06-01T23:30:00Z"));
    assertThat(copied(request)).isEqualTo("2026-06-02");

    request.setAuthoredOnElement(new DateTimeType("2026-06"));
    assertThat(copied(request)).isEqualTo("2026-06");
  }

  @Test
  void givesOnePersonOneKeyAndEveryTypeAnother() {
    Patient patient = new Patient();
    patient.setId("17");
    ServiceRequest request = request();
    request.setId("17");
    request.getSubject().setReference("Patient/17").setDisplay("Zebedee");

    Resource person = pseudonymiser.copyOf(patient);
    ServiceRequest copy = (ServiceRequest) pseudonymiser.copyOf(request);

    assertThat(person.getIdPart()).matches("[0-9a-f]{32}");
    assertThat(copy.getSubject().getReference()).isEqualTo("Patient/" + person.getIdPart());
    assertThat(copy.getSubject().hasDisplay()).isFalse();
    assertThat(copy.getIdPart()).isNotEqualTo(person.getIdPart());
  }

  @Test
  void givesOtherKeysUnderAnotherSecret() {
    Pseudonyms others = new Pseudonyms("another secret of the same size.".getBytes());
    assertThat(others.of("Patient", "17")).isNotEqualTo(pseudonyms.of("Patient", "17"));
  }

  @Test
  void refusesATypeItHasNoRuleFor() {
    assertThat(pseudonymiser.knows("Task")).isFalse();
    assertThatThrownBy(() -> pseudonymiser.copyOf(new Task()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String copied(ServiceRequest request) {
    return ((ServiceRequest) pseudonymiser.copyOf(request))
        .getAuthoredOnElement()
        .getValueAsString();
  }

  private static ServiceRequest request() {
    ServiceRequest request = new ServiceRequest();
    request.setId("2");
    return request;
  }

  private static String json(Resource resource) {
    return FHIR.newJsonParser().encodeResourceToString(resource);
  }
}
