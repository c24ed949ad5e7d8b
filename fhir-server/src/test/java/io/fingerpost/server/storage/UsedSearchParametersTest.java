package io.fingerpost.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import java.util.List;
import org.hl7.fhir.r4.model.SearchParameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name that FHIR does not define would be left out without a word. */
class UsedSearchParametersTest {

  private final List<SearchParameter> used =
      new UsedSearchParameters(List.of())
          .search(new SearchParameterMap()).getAllResources().stream()
              .map(SearchParameter.class::cast)
              .toList();

  @ParameterizedTest(name = "{0} by {1}")
  @CsvSource({
    "HealthcareService, service-category",
    "HealthcareService, service-type",
    "HealthcareService, characteristic",
    "HealthcareService, organization",
    "PractitionerRole, role",
    "Organization, type",
    "CareTeam, participant",
    "Flag, patient"
  })
  void findsPeopleAndPlaces(String type, String parameter) {
    assertThat(used)
        .filteredOn(defined -> defined.getCode().equals(parameter))
        .anyMatch(
            defined -> defined.getBase().stream().anyMatch(base -> type.equals(base.getValue())));
  }
}
