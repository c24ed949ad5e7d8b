package io.fingerpost.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.junit.jupiter.api.Test;

/** What can be wrong with a resource can be looked up, and nothing else is said to be. */
class PublishedFaultsTest {

  @Test
  void areTheKindsOfFault() throws IOException {
    try (InputStream json =
        getClass().getResourceAsStream("/codesystems/CodeSystem-refusal.json")) {
      CodeSystem refusal =
          FhirContext.forR4Cached().newJsonParser().parseResource(CodeSystem.class, json);
      assertThat(
              refusal.getConcept().stream()
                  .filter(PublishedFaultsTest::isSaidOfResources)
                  .map(ConceptDefinitionComponent::getCode))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(FaultKind.values()).map(Enum::name).toList());
    }
  }

  private static boolean isSaidOfResources(ConceptDefinitionComponent concept) {
    return concept.getProperty().stream()
        .anyMatch(property -> "profile".equals(property.getValueCodeType().getValue()));
  }
}
