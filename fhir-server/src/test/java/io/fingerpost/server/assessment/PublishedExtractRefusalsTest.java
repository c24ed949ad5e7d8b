package io.fingerpost.server.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.profiles.measures.ItemFault;
import io.fingerpost.server.PublishedCodes;
import java.util.Arrays;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why nothing was made of a response is a code that a client can look up. */
class PublishedExtractRefusalsTest {

  static Stream<Enum<?>> codes() {
    return Stream.<Enum<?>>concat(
        Arrays.stream(ExtractRefused.values()), Arrays.stream(ItemFault.Code.values()));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void areCodesOfTheCodeSystem(Enum<?> code) {
    assertThat(PublishedCodes.of("refusal").getConcept())
        .extracting(ConceptDefinitionComponent::getCode)
        .contains(code.name());
  }
}
