package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.FORM;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.server.ApiClient.Answer;
import java.util.List;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;

/** People ask for themselves, and others for them, by a form on any web page. */
@OneServer
class ReferralFormIT {

  private static final String REFER = "/fhir/QuestionnaireResponse/$refer";

  private final Person person = Person.next();
  private final ReferralForm form = new ReferralForm(person);

  @Test
  void storesWhatAPersonAsksForThemselves() {
    Answer answer = post(FORM, form);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    Parameters told = answer.resource(Parameters.class);
    assertThat(told.getParameter("reference").getValue().primitiveValue()).hasSize(36);
    ServiceRequest request = only();
    assertThat(request.getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
    assertThat(request.getRequester().getIdentifier().getValue()).isEqualTo("Z9F01");
    String about = Records.referenceTo(request);
    assertThat(SCHEME.search(Task.class, "focus=" + about)).hasSize(1);
    assertThat(SCHEME.search(Provenance.class, "target=" + about)).hasSize(1);
    assertThat(consentOf(request).getStatus()).isEqualTo(ConsentState.ACTIVE);
    assertThat(responseOf(request).getSubject().getReference())
        .isEqualTo(request.getSubject().getReference());
  }

  @Test
  void makesNeedsOfTheAnswersThatWereKept() {
    post(FORM, form);
    ServiceRequest request = only();
    String response = Records.referenceTo(responseOf(request));

    Answer extracted =
        SCHEME.send("POST", "/fhir/" + response + "/$extract", "{\"resourceType\":\"Parameters\"}");

    assertThat(extracted.status()).as(extracted.body()).isEqualTo(200);
    assertThat(SCHEME.search(Observation.class, "patient=" + request.getSubject().getReference()))
        .singleElement()
        .extracting(need -> need.getValueCodeableConcept().getCodingFirstRep().getCode())
        .isEqualTo("loneliness");
  }

  @Test
  void storesTheSameFormOnceAndRefusesAnotherUnderItsName() {
    Answer first = post(FORM, form);
    Answer again = post(FORM, form);
    form.root().put("authored", "2026-03-03T09:59:00+00:00");

    assertThat(again.body()).isEqualTo(first.body());
    Answer other = post(FORM, form);
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("MESSAGE_ID_REUSED");
    assertThat(SCHEME.search(Patient.class, "family:exact=" + person.family())).hasSize(1);
  }

  /** The number says who is meant, and nothing more until somebody has asked. */
  @Test
  void opensANewEpisodeForSomebodyKnownOnceTheSchemeHasAsked() {
    Patient known = SCHEME.create(Records.patient(person));
    post(FORM, form.withNhsNumber(person));
    ServiceRequest first = only();
    assertThat(first.getSubject().getReference()).isEqualTo(Records.referenceTo(known));
    assertThat(first.getStatus()).isEqualTo(ServiceRequestStatus.ONHOLD);
    assertThat(consentOf(first).getStatus()).isEqualTo(ConsentState.PROPOSED);

    SCHEME.create(Records.consent(known, "Z9S01"));
    for (TaskStatus status :
        List.of(TaskStatus.ACCEPTED, TaskStatus.INPROGRESS, TaskStatus.COMPLETED)) {
      move(first, status);
    }
    ReferralForm later = new ReferralForm(person).withNhsNumber(person);
    assertThat(post(FORM, later).status()).isEqualTo(200);
    SCHEME.create(Records.consent(known, "Z9S01"));
    ServiceRequest second =
        SCHEME.search(ServiceRequest.class, "patient=" + Records.referenceTo(known)).stream()
            .filter(request -> !request.getIdElement().equals(first.getIdElement()))
            .filter(request -> request.getStatus() == ServiceRequestStatus.ACTIVE)
            .findFirst()
            .orElseThrow();
    move(second, TaskStatus.ACCEPTED);

    assertThat(SCHEME.search(EpisodeOfCare.class, "patient=" + Records.referenceTo(known)))
        .hasSize(2)
        .extracting(EpisodeOfCare::getStatus)
        .containsExactlyInAnyOrder(
            EpisodeOfCare.EpisodeOfCareStatus.FINISHED, EpisodeOfCare.EpisodeOfCareStatus.PLANNED);
  }

  @Test
  void leavesThePersonWhoseNumberWasTypedAsTheyWere() {
    Patient known = SCHEME.create(Records.patient(person));

    post(FORM, form.withNhsNumber(person));

    Patient after = SCHEME.get("/fhir/" + Records.referenceTo(known)).resource(Patient.class);
    assertThat(after.getMeta().getVersionId()).isEqualTo("1");
    assertThat(after.getIdentifier()).hasSize(1);
    assertThat(after.getIdentifierFirstRep().getExtension()).isEmpty();
  }

  /** Whoever types a number could else set free what the person had refused. */
  @Test
  void setsNothingFreeThatWasHeldForThePersonWhoseNumberWasTyped() {
    Patient known = SCHEME.create(Records.patient(person));
    post(FORM, form.withNhsNumber(person));
    ServiceRequest held = only();

    post(FORM, new ReferralForm(person).withNhsNumber(person));

    assertThat(SCHEME.search(ServiceRequest.class, "patient=" + Records.referenceTo(known)))
        .hasSize(2)
        .allMatch(request -> request.getStatus() == ServiceRequestStatus.ONHOLD);
    assertThat(held.getStatus()).isEqualTo(ServiceRequestStatus.ONHOLD);
  }

  /** Whether somebody is known here is told to nobody who can type their number. */
  @Test
  void answersAlikeForSomebodyKnownAndSomebodyNew() {
    Person stranger = Person.next();
    SCHEME.create(Records.patient(person));
    Answer ofKnown = post(FORM, form.withNhsNumber(person));
    Answer ofNew = post(FORM, new ReferralForm(stranger).withNhsNumber(stranger));

    String uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    assertThat(ofKnown.status()).isEqualTo(ofNew.status());
    assertThat(ofKnown.body().replaceAll(uuid, "#")).isEqualTo(ofNew.body().replaceAll(uuid, "#"));
  }

  @Test
  void takesThePersonForSomebodyNewWhereNoNumberIsGiven() {
    SCHEME.create(Records.patient(person));

    post(FORM, form);

    assertThat(SCHEME.search(Patient.class, "family:exact=" + person.family())).hasSize(2);
  }

  @Test
  void namesTheProfessionalWhoAsks() {
    form.askedFor(
        "https://fingerpost.io/CodeSystem/referral-source", "faith-organisation", "Ann Oe");

    assertThat(post(Wexcombe.client("church"), form).status()).isEqualTo(200);

    ServiceRequest request = only("Z9F02");
    assertThat(request.getRequester().getIdentifier().getValue()).isEqualTo("Z9F02");
    assertThat(
            SCHEME
                .search(Provenance.class, "target=" + Records.referenceTo(request))
                .get(0)
                .getAgentFirstRep()
                .getWho()
                .getDisplay())
        .isEqualTo("Ann Oe");
  }

  @Test
  void listsEveryFaultAndRepeatsNoAnswer() {
    form.withNhsNumber(person.withWrongNumber());
    form.root().put("status", "in-progress");

    Answer answer = post(FORM, form);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(refusal(answer).getIssue())
        .extracting(issue -> issue.getDetails().getCodingFirstRep().getCode())
        .containsExactly("FIELD_INVALID", "NHS_NUMBER_INVALID");
    assertThat(answer.body()).doesNotContain(person.family(), person.withWrongNumber().nhsNumber());
    assertThat(post(FORM, form).body()).isEqualTo(answer.body());
  }

  @Test
  void isForFormsAlone() {
    for (ApiClient client :
        List.of(HOSPITAL, SCHEME, Wexcombe.PRYING, Wexcombe.client("grasping-sender"))) {
      assertThat(post(client, form).status()).isEqualTo(403);
    }
  }

  private static Answer post(ApiClient client, ReferralForm form) {
    return client.send("POST", REFER, form.text());
  }

  private static OperationOutcome refusal(Answer answer) {
    return FhirContext.forR4Cached()
        .newJsonParser()
        .parseResource(OperationOutcome.class, answer.body());
  }

  private ServiceRequest only() {
    return only("Z9F01");
  }

  private ServiceRequest only(String sender) {
    String message = "https://fingerpost.io/Id/message|" + form.messageId(sender);
    List<ServiceRequest> all = SCHEME.search(ServiceRequest.class, "identifier=" + message);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static Consent consentOf(ServiceRequest request) {
    return SCHEME.search(Consent.class, "patient=" + request.getSubject().getReference()).get(0);
  }

  private static QuestionnaireResponse responseOf(ServiceRequest request) {
    String reference =
        request.getSupportingInfo().stream()
            .map(info -> info.getReferenceElement().toUnqualifiedVersionless().getValue())
            .filter(info -> info.startsWith("QuestionnaireResponse/"))
            .findFirst()
            .orElseThrow();
    return SCHEME.get("/fhir/" + reference).resource(QuestionnaireResponse.class);
  }

  private static void move(ServiceRequest request, TaskStatus status) {
    Task task = SCHEME.search(Task.class, "focus=" + Records.referenceTo(request)).get(0);
    task.getBusinessStatus().getCoding().clear();
    SCHEME.update(task.setStatus(status));
  }
}
