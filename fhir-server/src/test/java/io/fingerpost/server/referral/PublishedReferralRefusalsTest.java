package io.fingerpost.server.referral;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.PublishedCodes;
import java.util.Arrays;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a referral was not moved is a code that a client can look up. */
class PublishedReferralRefusalsTest {

  static Stream<ReferralRefusal.Code> codes() {
    return Arrays.stream(ReferralRefusal.Code.values());
  }

  @ParameterizedTest
  @MethodSource("codes")
  void areCodesOfTheCodeSystem(Enum<?> code) {
    assertThat(PublishedCodes.of("refusal").getConcept())
        .extracting(ConceptDefinitionComponent::getCode)
        .contains(code.name());
  }
}
