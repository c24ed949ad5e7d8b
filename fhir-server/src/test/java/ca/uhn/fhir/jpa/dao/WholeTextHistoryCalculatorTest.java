package ca.uhn.fhir.jpa.dao;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.model.entity.ResourceEncodingEnum;
import java.util.List;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeTextHistoryCalculatorTest {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final List<String> EXCLUDED = List.of("id", "*.meta");

  @ParameterizedTest
  @ValueSource(strings = {"Okafor", "Ní Bhraonáin", "Żółć", "𝒜 beyond the first plane", ""})
  void calculatesWhatHapiCalculates(String family) {
    Patient patient = new Patient();
    patient.setId("Patient/1");
    patient.addName().setFamily(family);

    assertThat(
            new WholeTextHistoryCalculator(CONTEXT)
                .calculateResourceHistoryState(patient, ResourceEncodingEnum.JSON, EXCLUDED))
        .isEqualTo(
            new ResourceHistoryCalculator(CONTEXT, false)
                .calculateResourceHistoryState(patient, ResourceEncodingEnum.JSON, EXCLUDED));
  }
}
