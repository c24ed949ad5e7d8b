package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.GP;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.server.ApiClient.Answer;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;

/** A GP system changes a referral it has made, or takes it back. */
@OneServer
class GpChangeIT {

  private static final String TUESDAY = "2026-03-03T10:00:00Z";
  private static final String WEDNESDAY = "2026-03-04T10:00:00Z";

  private final Person person = Person.next();
  private final GpMessage first = new GpMessage(person);

  @Test
  void changesWhatIsAskedForAndLeavesTheRest() {
    refer();
    GpMessage update = first.saying("update", "active", TUESDAY, person);
    update.resource("ServiceRequest").put("priority", "urgent").remove("note");

    Answer answer = post(update);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    ServiceRequest changed = referral();
    assertThat(answer.entries(ServiceRequest.class).get(0).getIdElement().getIdPart())
        .isEqualTo(changed.getIdElement().getIdPart());
    assertThat(changed.getPriority()).isEqualTo(ServiceRequestPriority.URGENT);
    assertThat(changed.getNoteFirstRep().getText()).startsWith("Ask for");
    assertThat(task(changed).getPriority()).isEqualTo(Task.TaskPriority.URGENT);
    assertThat(SCHEME.search(Provenance.class, "target=" + referenceTo(changed))).hasSize(2);
  }

  @Test
  void takesTheNewTelephoneNumberOfThePerson() {
    refer();
    GpMessage update = first.saying("update", "active", TUESDAY, person);
    ((ObjectNode) update.resource("Patient").at("/telecom/0")).put("value", "01632960789");

    assertThat(post(update).status()).isEqualTo(200);

    Patient patient = SCHEME.search(Patient.class, "identifier=" + person.identifier()).get(0);
    assertThat(patient.getTelecomFirstRep().getValue()).isEqualTo("01632960789");
  }

  @Test
  void neverUndoesANewerChangeByAnOlder() {
    refer();
    GpMessage newer = first.saying("update", "active", WEDNESDAY, person);
    newer.resource("ServiceRequest").put("priority", "urgent");
    GpMessage older = first.saying("update", "active", TUESDAY, person);
    older.resource("ServiceRequest").put("priority", "stat");
    assertThat(post(newer).status()).isEqualTo(200);

    Answer late = post(older);

    assertThat(late.status()).as(late.body()).isEqualTo(200);
    assertThat(late.body()).contains("OLDER_THAN_KNOWN");
    assertThat(late.entries(ServiceRequest.class).get(0).getStatus())
        .isEqualTo(ServiceRequestStatus.UNKNOWN);
    assertThat(referral().getPriority()).isEqualTo(ServiceRequestPriority.URGENT);
  }

  @Test
  void takesAReferralBack() {
    refer();

    Answer answer = post(first.saying("update", "revoked", TUESDAY, person));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.entries(ServiceRequest.class).get(0).getStatus())
        .isEqualTo(ServiceRequestStatus.REVOKED);
    assertThat(referral().getStatus()).isEqualTo(ServiceRequestStatus.REVOKED);
    assertThat(task(referral()).getStatus()).isEqualTo(TaskStatus.CANCELLED);
  }

  @Test
  void marksAReferralThatShouldNeverHaveBeenSent() {
    refer();

    assertThat(post(first.saying("delete", "entered-in-error", TUESDAY, person)).status())
        .isEqualTo(200);

    assertThat(referral().getStatus()).isEqualTo(ServiceRequestStatus.ENTEREDINERROR);
    assertThat(task(referral()).getStatus()).isEqualTo(TaskStatus.ENTEREDINERROR);
  }

  @Test
  void doesNotBringBackWhatWasTakenBackByAnOlderChange() {
    refer();
    assertThat(post(first.saying("update", "revoked", WEDNESDAY, person)).status()).isEqualTo(200);

    Answer late = post(first.saying("update", "active", TUESDAY, person));

    assertThat(late.body()).contains("nothing was changed");
    assertThat(referral().getStatus()).isEqualTo(ServiceRequestStatus.REVOKED);
  }

  @Test
  void changesNothingThatHasEnded() {
    refer();
    assertThat(post(first.saying("update", "revoked", TUESDAY, person)).status()).isEqualTo(200);

    Answer answer = post(first.saying("update", "active", WEDNESDAY, person));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("REFERRAL_MOVE_ILLEGAL");
    assertThat(referral().getStatus()).isEqualTo(ServiceRequestStatus.REVOKED);
  }

  @Test
  void takesNothingBackOnceSupportHasBegun() {
    refer();
    Task task = SCHEME.update(task(referral()).setStatus(TaskStatus.ACCEPTED));
    SCHEME.update(task.setStatus(TaskStatus.INPROGRESS).setBusinessStatus(null));

    Answer answer = post(first.saying("update", "revoked", WEDNESDAY, person));

    assertThat(answer.code()).isEqualTo("REFERRAL_MOVE_ILLEGAL");
    assertThat(task(referral()).getStatus()).isEqualTo(TaskStatus.INPROGRESS);
  }

  @Test
  void findsTheReferralByOurIdToo() {
    String id = refer().entries(ServiceRequest.class).get(0).getIdElement().getIdPart();
    GpMessage update = first.saying("update", "revoked", TUESDAY, person);
    update.resource("ServiceRequest").put("id", id).remove("identifier");

    assertThat(post(update).status()).isEqualTo(200);

    assertThat(referral().getStatus()).isEqualTo(ServiceRequestStatus.REVOKED);
  }

  @Test
  void saysTheSameToTheSameChangeSentAgain() {
    refer();
    GpMessage update = first.saying("update", "active", TUESDAY, person);
    assertThat(post(update).status()).isEqualTo(200);

    Answer again = post(update);

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().at("/issue/0/code").asText()).isEqualTo("duplicate");
  }

  @Test
  void refusesAChangeOfWhatNobodyHasReferred() {
    Answer answer = post(first.saying("update", "active", TUESDAY, person));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("REFERRAL_UNKNOWN");
  }

  @Test
  void remembersWhatWasTakenBackBeforeItCame() {
    assertThat(post(first.saying("delete", "entered-in-error", WEDNESDAY, person)).code())
        .isEqualTo("REFERRAL_UNKNOWN");

    Answer late = post(first);

    assertThat(late.code()).isEqualTo("REFERRAL_CANCELLED");
    assertThat(SCHEME.search(ServiceRequest.class, "patient.identifier=" + person.identifier()))
        .isEmpty();
  }

  @Test
  void changesNoReferralOfAnotherPerson() {
    refer();
    Person other = Person.next();

    Answer answer = post(first.saying("update", "revoked", TUESDAY, other));

    assertThat(answer.code()).isEqualTo("PERSON_MISMATCH");
    assertThat(referral().getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
  }

  /** By our id, which any surgery could guess. */
  @Test
  void changesNoReferralOfAnotherSurgery() {
    String id = refer().entries(ServiceRequest.class).get(0).getIdElement().getIdPart();
    GpMessage theirs = first.saying("update", "revoked", TUESDAY, person);
    theirs.resource("ServiceRequest").put("id", id).remove("identifier");
    ((ObjectNode) theirs.resource("Organization").at("/identifier/0")).put("value", "Z91003");

    Answer answer = post(Wexcombe.client("far-gp"), theirs);

    assertThat(answer.code()).isEqualTo("REFERRAL_UNKNOWN");
    assertThat(referral().getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
  }

  @Test
  void keepsTheSendersAssessmentApartFromSupportPlans() {
    ObjectNode plan = first.add("CarePlan", "status", "completed");
    plan.put("intent", "plan").put("description", "Seen twice about low mood.");
    plan.putObject("subject").put("reference", "urn:uuid:30000000-5a1c-4d0e-9b7e-0c1d2e3f4a02");
    refer();

    String patient = referral().getSubject().getReference();
    assertThat(SCHEME.search(CarePlan.class, "patient=" + patient)).isEmpty();
    List<Observation> findings = SCHEME.search(Observation.class, "patient=" + patient);
    assertThat(findings).singleElement();
    assertThat(findings.get(0).getCode().getCodingFirstRep().getCode())
        .isEqualTo("sender-assessment");
    assertThat(findings.get(0).getValueStringType().getValue())
        .isEqualTo("Seen twice about low mood.");
    assertThat(
            findings.get(0).getExtensionByUrl("https://fingerpost.io/StructureDefinition/sent-by"))
        .isNotNull();
  }

  @Test
  void refusesAMessageWithAnAttachmentThatCouldRun() {
    ObjectNode document = first.add("DocumentReference", "status", "current");
    document.putObject("subject").put("reference", "urn:uuid:30000000-5a1c-4d0e-9b7e-0c1d2e3f4a02");
    document
        .putArray("content")
        .addObject()
        .putObject("attachment")
        .put("contentType", "text/html")
        .put("data", "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==");

    Answer answer = post(first);

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo("TYPE_UNSUPPORTED");
    assertThat(SCHEME.search(Patient.class, "identifier=" + person.identifier())).isEmpty();
  }

  @Test
  void answersWithAMessageThatSaysWhatItAnswers() {
    refer();
    GpMessage update = first.saying("update", "active", TUESDAY, person);

    MessageHeader header = post(update).entries(MessageHeader.class).get(0);

    assertThat(header.getEventCoding().getCode()).isEqualTo("servicerequest-response");
    assertThat(header.getResponse().getIdentifier()).isEqualTo(update.id());
  }

  private Answer refer() {
    Answer answer = post(first);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private ServiceRequest referral() {
    List<ServiceRequest> all =
        SCHEME.search(ServiceRequest.class, "patient.identifier=" + person.identifier());
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static Task task(ServiceRequest referral) {
    return SCHEME.search(Task.class, "focus=" + referenceTo(referral)).get(0);
  }

  private static Answer post(GpMessage message) {
    return post(GP, message);
  }

  private static Answer post(ApiClient client, GpMessage message) {
    String id = UUID.randomUUID().toString();
    return client.send(
        "POST",
        "/fhir/$process-message",
        message.text(),
        "X-Request-Id",
        id,
        "X-Correlation-Id",
        id);
  }
}
