package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.consent.decision.ShareReason;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reasons partners can look up are the engine's, under the answer that each gives. */
class PublishedShareReasonsTest {

  @ParameterizedTest
  @CsvSource({"permit, true", "deny, false"})
  void areTheEngines(String answer, boolean permits) {
    assertThat(
            PublishedCodes.of("share-reason").getConcept().stream()
                .filter(concept -> concept.getCode().equals(answer))
                .flatMap(concept -> concept.getConcept().stream())
                .map(ConceptDefinitionComponent::getCode))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ShareReason.values())
                .filter(reason -> reason.permits() == permits)
                .map(Enum::name)
                .toList());
  }
}
