package io.fingerpost.server.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import io.fingerpost.server.PublishedCodes;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a question about codes was not answered is itself a code to look up. */
class PublishedRefusalsTest {

  static Stream<BaseServerResponseException> refusals() {
    return Stream.of(
        Refused.unknown(),
        Refused.unknownCode(),
        Refused.missing("one"),
        Refused.notTaken("one"),
        Refused.tooLarge(1),
        Refused.notExpandable(),
        Refused.silent());
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void areCodesOfTheCodeSystem(BaseServerResponseException refused) {
    OperationOutcome told = (OperationOutcome) refused.getOperationOutcome();

    assertThat(PublishedCodes.of("refusal").getConcept())
        .extracting(ConceptDefinitionComponent::getCode)
        .contains(told.getIssueFirstRep().getDetails().getCodingFirstRep().getCode());
  }
}
