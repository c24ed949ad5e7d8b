package io.fingerpost.server.assessment;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import io.fingerpost.profiles.measures.ScoringRefused;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;

/**
 * {@code QuestionnaireResponse/$extract} (HL7 Structured Data Capture): makes Observations and
 * Goals of the answers and stores them, all or none. Called again it gives the same ones; after the
 * response was amended, the same ones amended.
 *
 * <p>The answer is the transaction that would store what is stored, so that a client that expects
 * to store it itself changes nothing by doing so.
 */
public final class ExtractOperation {

  private final Records records;
  private final Questionnaires questionnaires;
  private final Extraction extraction;
  private final OneAtATime oneAtATime;

  ExtractOperation(
      Records records,
      Questionnaires questionnaires,
      Extraction extraction,
      OneAtATime oneAtATime) {
    this.records = records;
    this.questionnaires = questionnaires;
    this.extraction = extraction;
    this.oneAtATime = oneAtATime;
  }

  /** Of a response that is stored. */
  @Operation(name = "$extract", type = QuestionnaireResponse.class)
  public Bundle ofStored(@IdParam IdType id, RequestDetails request) {
    requireScheme(request);
    return oneAtATime.transaction(() -> extract(id));
  }

  /** Of a response that is sent along, and stored with what is made of it. */
  @Operation(name = "$extract", type = QuestionnaireResponse.class)
  public Bundle ofSent(
      @OperationParam(name = "questionnaire-response", min = 1) QuestionnaireResponse response,
      RequestDetails request) {
    requireScheme(request);
    if (response.hasId()) {
      throw ExtractRefused.RESPONSE_ALREADY_NAMED.refusal();
    }
    Identifier name = response.getIdentifier();
    if (!name.hasSystem() || !name.hasValue()) {
      throw ExtractRefused.RESPONSE_UNNAMED.refusal();
    }
    return oneAtATime.transaction(
        () -> {
          oneAtATime.lock(name.getSystem() + "|" + name.getValue());
          return extract(records.keep(response));
        });
  }

  /** What is made of answers is the scheme's record: nobody else's scopes reach here. */
  private static void requireScheme(RequestDetails request) {
    if (!Caller.of(request).map(caller -> caller.is(Role.SCHEME)).orElse(false)) {
      throw new ForbiddenOperationException("not open to partners");
    }
  }

  private Bundle extract(IdType id) {
    oneAtATime.lock(id.getIdPart());
    QuestionnaireResponse response = records.response(id);
    return records.keep(id.getIdPart(), drafts(response));
  }

  private List<Draft> drafts(QuestionnaireResponse response) {
    QuestionnaireResponseStatus status = response.getStatus();
    if (status == QuestionnaireResponseStatus.ENTEREDINERROR) {
      return List.of();
    }
    if (status != QuestionnaireResponseStatus.COMPLETED
        && status != QuestionnaireResponseStatus.AMENDED) {
      throw ExtractRefused.RESPONSE_NOT_COMPLETED.refusal();
    }
    Questionnaire questions =
        questionnaires
            .find(response.getQuestionnaire())
            .orElseThrow(ExtractRefused.QUESTIONNAIRE_UNKNOWN::refusal);
    try {
      return extraction.of(questions, response);
    } catch (ScoringRefused refused) {
      throw ExtractRefused.of(refused);
    }
  }
}
