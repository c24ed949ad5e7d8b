package io.fingerpost.routes;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.partners.Partner;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.junit.jupiter.api.Test;

/** What partners can look up is what the program says, and nothing else. */
class PublishedCodesTest {

  @Test
  void holdEveryRefusalOfAMessage() throws IOException {
    assertThat(
            codeSystem("refusal").getConcept().stream()
                .filter(PublishedCodesTest::isSaidOfMessages)
                .map(ConceptDefinitionComponent::getCode))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(MessageRefused.Code.values()).map(Enum::name).toList());
  }

  @Test
  void holdEveryKindOfOrganisation() throws IOException {
    assertThat(codeSystem("organisation-kind").getConcept())
        .extracting(ConceptDefinitionComponent::getCode)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Partner.Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList());
  }

  private static boolean isSaidOfMessages(ConceptDefinitionComponent concept) {
    return concept.getProperty().stream()
        .anyMatch(property -> "message".equals(property.getValueCodeType().getValue()));
  }

  private static CodeSystem codeSystem(String id) throws IOException {
    try (InputStream json =
        PublishedCodesTest.class.getResourceAsStream("/codesystems/CodeSystem-" + id + ".json")) {
      return FhirContext.forR4Cached().newJsonParser().parseResource(CodeSystem.class, json);
    }
  }
}
