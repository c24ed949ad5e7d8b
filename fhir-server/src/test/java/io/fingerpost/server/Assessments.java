package io.fingerpost.server;

import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** Answers to the sheets that come with the program. */
final class Assessments {

  private Assessments() {}

  /** Lonely, hard to get about, grows tomatoes, wants to go to the allotment and to sing. */
  static QuestionnaireResponse whatMatters(Patient patient) {
    QuestionnaireResponse response = response(patient, "what-matters-to-me");
    heading(response, "about-me")
        .addItem(answer("what-matters", new StringType("The grandchildren")));
    heading(response, "what-is-good").addItem(answer("enjoys", new StringType("Growing tomatoes")));
    heading(response, "what-is-hard")
        .addItem(answer("needs", need("loneliness"), need("transport")));
    heading(response, "what-next")
        .addItem(answer("goals", new StringType("Go to the allotment"), new StringType("Sing")));
    return response;
  }

  /** Each of the seven items answered alike, save those left out. */
  static QuestionnaireResponse swemwbs(Patient patient, int answer, Integer... leftOut) {
    QuestionnaireResponse response = response(patient, "swemwbs");
    QuestionnaireResponseItemComponent sheet = heading(response, "swemwbs");
    for (int item = 1; item <= 7; item++) {
      if (!List.of(leftOut).contains(item)) {
        sheet.addItem(answer("swemwbs-item-" + item, new IntegerType(answer)));
      }
    }
    return response;
  }

  static QuestionnaireResponse response(Patient patient, String sheet) {
    QuestionnaireResponse response = new QuestionnaireResponse();
    response.setQuestionnaire("https://fingerpost.io/Questionnaire/" + sheet);
    response.setStatus(QuestionnaireResponseStatus.COMPLETED);
    response.setSubject(new Reference(Records.referenceTo(patient)));
    response.setAuthoredElement(new DateTimeType("2026-03-16T10:30:00+00:00"));
    response
        .getIdentifier()
        .setSystem("https://connect.wexcombe.example/assessments")
        .setValue(UUID.randomUUID().toString());
    return response;
  }

  static QuestionnaireResponseItemComponent heading(QuestionnaireResponse response, String name) {
    return response.addItem().setLinkId(name);
  }

  static QuestionnaireResponseItemComponent answer(String question, Type... answers) {
    QuestionnaireResponseItemComponent item = new QuestionnaireResponseItemComponent();
    item.setLinkId(question);
    for (Type answer : answers) {
      item.addAnswer().setValue(answer);
    }
    return item;
  }

  static Coding need(String code) {
    return new Coding("https://fingerpost.io/CodeSystem/need", code, null);
  }
}
