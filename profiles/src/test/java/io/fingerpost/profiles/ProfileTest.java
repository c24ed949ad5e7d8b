package io.fingerpost.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProfileTest {

  @Test
  void isFoundByItsResourceType() {
    assertThat(Profile.of("Task")).contains(Profile.TASK);
    assertThat(Profile.of("Basic")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsMarkAloneOrElseByItsTypeWithoutAny(Profile profile) {
    assertThat(Profile.of(profile.resourceType(), profile.marks()::contains)).contains(profile);
  }

  @ParameterizedTest
  @EnumSource
  void standsInItsFileUnderItsOwnUrl(Profile profile) throws IOException {
    StructureDefinition definition = read(profile);

    assertThat(definition.getUrl()).isEqualTo(profile.url());
    assertThat(definition.getId()).endsWith(profile.id());
    assertThat(definition.getType()).isEqualTo(profile.resourceType());
  }

  @ParameterizedTest
  @EnumSource
  void givesAReasonForEachConstraint(Profile profile) throws IOException {
    assertThat(read(profile).getDifferential().getElement())
        .filteredOn(ProfileTest::constrains)
        .allMatch(element -> element.hasRequirements() || element.hasComment());
  }

  private static boolean constrains(ElementDefinition element) {
    return element.hasMin()
        || element.hasMax()
        || element.hasType()
        || element.hasFixed()
        || element.hasPattern()
        || element.hasConstraint()
        || element.hasBinding();
  }

  private static StructureDefinition read(Profile profile) throws IOException {
    String file = "/structuredefinitions/StructureDefinition-" + profile.id() + ".json";
    try (InputStream stream = ProfileTest.class.getResourceAsStream(file)) {
      return FhirContext.forR4Cached()
          .newJsonParser()
          .parseResource(StructureDefinition.class, stream);
    }
  }
}
