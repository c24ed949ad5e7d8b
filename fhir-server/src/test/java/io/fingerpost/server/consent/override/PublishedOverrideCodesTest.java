package io.fingerpost.server.consent.override;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.PublishedCodes;
import io.fingerpost.server.consent.decision.GrantedOverride.Kind;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of overrides are codes that a client can look up. */
class PublishedOverrideCodesTest {

  @ParameterizedTest
  @EnumSource(OverrideRefused.class)
  void refusalsAreCodesOfTheCodeSystem(OverrideRefused refused) {
    assertThat(PublishedCodes.of("refusal").getConcept())
        .extracting(ConceptDefinitionComponent::getCode)
        .contains(refused.name());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void kindsAreTheNamesOfTheirOperations(Kind kind) {
    assertThat(PublishedCodes.of("override-kind").getConcept())
        .extracting(concept -> "$" + concept.getCode())
        .contains(OverrideOperations.nameOf(kind));
  }
}
