package io.fingerpost.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import io.fingerpost.server.PublishedCodes;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client is told went wrong, it can look up. */
class PublishedErrorsTest {

  @ParameterizedTest
  @ValueSource(
      ints = {400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422, 429, 500, 501, 503})
  void areCodesOfTheCodeSystem(int status) {
    OperationOutcome told =
        (OperationOutcome)
            new Errors()
                .tell(
                    new UnclassifiedServerFailureException(status, "anything"),
                    new SystemRequestDetails())
                .getOperationOutcome();

    assertThat(PublishedCodes.of("refusal").getConcept())
        .extracting(ConceptDefinitionComponent::getCode)
        .contains(told.getIssueFirstRep().getDetails().getCodingFirstRep().getCode());
  }
}
