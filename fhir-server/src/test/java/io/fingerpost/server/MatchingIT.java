package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.COUNCIL;
import static io.fingerpost.server.Wexcombe.GP;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.PRYING;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fingerpost.profiles.matching.MatchTask;
import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A message names somebody by a number that is known with another description: it is held, shown to
 * the scheme, decided on, and taken up once.
 */
@OneServer
class MatchingIT {

  private static final String HELD = "https://fingerpost.io/Id/held-message|";
  private static final String WHY = "Compared with the card at the desk; decided by E. Weaver.";

  private final Person person = Person.next();
  private final Person other = person.bornOn("1947-08-02");
  private final String local = "W-" + UUID.randomUUID().toString().substring(0, 13);
  private final String controlId = Hl7.newControlId();

  @Test
  void keepsTheMessageAndAsksTheSchemeWhomItIsAbout() throws IOException {
    Patient known = SCHEME.create(Records.patient(person));

    String answer = MllpConnection.answer(MLLP_PORT, fromHospital());

    assertThat(Hl7.code(answer)).as(answer).isEqualTo("AA");
    assertThat(Hl7.field(answer, "MSA", 3)).startsWith("PERSON_MISMATCH").contains("kept");
    assertThat(Hl7.field(answer, "ERR", 4)).isEqualTo("W");
    Task task = heldFor(known);
    assertThat(task.getStatus()).isEqualTo(TaskStatus.REQUESTED);
    assertThat(task.hasFor()).isFalse();
    assertThat(MatchTask.knownIn(task)).containsExactly(referenceTo(known));
    assertThat(MatchTask.differencesIn(task)).extracting(Enum::name).containsExactly("BIRTH_DATE");
    assertThat(MatchTask.sentIn(task))
        .hasValueSatisfying(
            sent ->
                assertThat(sent.getBirthDateElement().getValueAsString()).isEqualTo("1947-08-02"));
    assertThat(SCHEME.search(ServiceRequest.class, "patient=" + referenceTo(known))).isEmpty();
    assertThat(SCHEME.search(Patient.class, "identifier=" + person.identifier())).hasSize(1);
    assertThat(listed(task))
        .hasValueSatisfying(row -> assertThat(row.path("sender").asText()).isEqualTo("Z9H01"));
  }

  @Test
  void answersTheSameWhileItIsHeldAndAsksOnce() throws IOException {
    Patient known = SCHEME.create(Records.patient(person));
    String first = MllpConnection.answer(MLLP_PORT, fromHospital());

    assertThat(MllpConnection.answer(MLLP_PORT, fromHospital())).isEqualTo(first);
    assertThat(tasksFor(known)).hasSize(1);
  }

  @Test
  void takesItUpWithThePersonWhoIsKnownWhenTheyAreTheSame() throws IOException {
    Patient known = SCHEME.create(Records.patient(person));
    MllpConnection.answer(MLLP_PORT, fromHospital());
    Task task = heldFor(known);

    decide(SCHEME, task, "same").resource(Parameters.class);

    Task decided = SCHEME.get("/fhir/" + referenceTo(task)).resource(Task.class);
    assertThat(decided.getStatus()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(MatchTask.decisionIn(decided)).map(Enum::name).contains("SAME");
    ServiceRequest stored = awaitReferral();
    assertThat(stored.getSubject().getReference()).isEqualTo(referenceTo(known));
    assertThat(referrals()).hasSize(1);
    String again = MllpConnection.answer(MLLP_PORT, fromHospital());
    assertThat(Hl7.code(again)).isEqualTo("AA");
    assertThat(Hl7.field(again, "MSA", 3)).isEmpty();
    assertThat(referrals()).hasSize(1);
    assertThat(listed(task)).isEmpty();
  }

  @Test
  void takesItUpWithSomebodyNewWhoHasTheSendersNumberAlone() throws IOException {
    takesItUpWithSomebodyNew("different");
  }

  @Test
  void tellsTheSenderThatTheNumberIsWrong() throws IOException {
    try (HospitalListener hospital = HospitalListener.on(Wexcombe.ALDHELM_PORT)) {
      takesItUpWithSomebodyNew("wrong-number");

      await().atMost(Duration.ofSeconds(30)).until(() -> !hospital.received().isEmpty());
      assertThat(hospital.received())
          .singleElement()
          .satisfies(
              told -> {
                assertThat(Hl7.field(told, "RF1", 1)).startsWith("P^");
                assertThat(told).contains("REF-" + controlId, local, "is not theirs");
                assertThat(told).doesNotContain(person.nhsNumber(), person.family());
              });
      SCHEME
          .search(Task.class, "focus=" + referenceTo(awaitReferral()))
          .forEach(task -> assertThat(MatchTask.isWrongNumberSaidIn(task)).isTrue());
    }
  }

  private void takesItUpWithSomebodyNew(String decision) throws IOException {
    Patient known = SCHEME.create(Records.patient(person));
    MllpConnection.answer(MLLP_PORT, fromHospital());

    decide(OPERATOR, heldFor(known), decision).resource(Parameters.class);

    String subject = awaitReferral().getSubject().getReference();
    assertThat(subject).isNotEqualTo(referenceTo(known));
    Patient stored = SCHEME.get("/fhir/" + subject).resource(Patient.class);
    assertThat(stored.getIdentifier())
        .extracting(Identifier::getSystem, Identifier::getValue)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "https://fingerpost.io/Id/local-patient/Z9H01", local));
    assertThat(stored.getBirthDateElement().getValueAsString()).isEqualTo("1947-08-02");
    assertThat(SCHEME.search(Patient.class, "identifier=" + person.identifier()))
        .extracting(Records::referenceTo)
        .containsExactly(referenceTo(known));
  }

  @Test
  void keepsSomebodyWhoHasNoOtherNumberByTheMessage() {
    Patient known = SCHEME.create(Records.patient(person));
    GpMessage message = new GpMessage(other);
    assertThat(post(message).status()).isEqualTo(200);

    decide(SCHEME, heldFor(known), "different").resource(Parameters.class);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(SCHEME.search(ServiceRequest.class, from(message))).hasSize(1));
    String subject =
        SCHEME.search(ServiceRequest.class, from(message)).get(0).getSubject().getReference();
    assertThat(SCHEME.get("/fhir/" + subject).resource(Patient.class).getIdentifier())
        .singleElement()
        .extracting(Identifier::getSystem)
        .isEqualTo("https://fingerpost.io/Id/held-message");
  }

  @Test
  void tellsAGpThatTheMessageIsHeldAndThenThatItIsADuplicate() {
    SCHEME.create(Records.patient(person));
    GpMessage message = new GpMessage(other);

    Answer answer = post(message);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    MessageHeader header = answer.entries(MessageHeader.class).get(0);
    assertThat(header.getResponse().getCode()).isEqualTo(MessageHeader.ResponseType.OK);
    assertThat(header.getResponse().getDetails().getReference()).isNotEmpty();
    assertThat(answer.entries(OperationOutcome.class))
        .singleElement()
        .extracting(
            outcome -> outcome.getIssueFirstRep().getDetails().getCodingFirstRep().getCode())
        .isEqualTo("PERSON_MISMATCH");
    assertThat(answer.entries(ServiceRequest.class))
        .singleElement()
        .extracting(ServiceRequest::getStatus)
        .isEqualTo(ServiceRequest.ServiceRequestStatus.ONHOLD);
    assertThat(post(message).status()).isEqualTo(409);
  }

  @Test
  void decidesOnceWhenTwoDecideAtOneInstant() throws Exception {
    Patient known = SCHEME.create(Records.patient(person));
    MllpConnection.answer(MLLP_PORT, fromHospital());
    Task task = heldFor(known);

    ExecutorService deciders = Executors.newFixedThreadPool(2);
    List<Integer> statuses = new ArrayList<>();
    try {
      List<Callable<Answer>> deciding =
          List.of(() -> decide(SCHEME, task, "same"), () -> decide(OPERATOR, task, "wrong-number"));
      for (Future<Answer> answer : deciders.invokeAll(deciding)) {
        statuses.add(answer.get().status());
      }
    } finally {
      deciders.shutdownNow();
    }

    assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    awaitReferral();
    assertThat(referrals()).hasSize(1);
    assertThat(decide(SCHEME, task, "different").code()).isEqualTo("MATCH_DECIDED");
  }

  @Test
  void recordsWhoDecidedWhenAndWhy() throws IOException {
    Patient known = SCHEME.create(Records.patient(person));
    MllpConnection.answer(MLLP_PORT, fromHospital());
    Task task = heldFor(known);
    decide(OPERATOR, task, "same").resource(Parameters.class);

    assertThat(SCHEME.search(Provenance.class, "target=" + referenceTo(task)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.getActivity().getCodingFirstRep().getCode()).isEqualTo("same");
              assertThat(it.getReasonFirstRep().getText()).isEqualTo(WHY);
              assertThat(it.getAgentFirstRep().getWho().getIdentifier().getValue())
                  .isEqualTo("operator");
              assertThat(it.hasRecorded()).isTrue();
            });
    assertThat(OPERATOR.search(AuditEvent.class, "patient=" + referenceTo(known)))
        .filteredOn(
            event ->
                event.getSubtype().stream().anyMatch(it -> "match-person".equals(it.getCode())))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getEntity())
                    .flatExtracting(AuditEvent.AuditEventEntityComponent::getDetail)
                    .extracting(detail -> detail.getValueStringType().getValue())
                    .contains("same", WHY));
  }

  @Test
  void refusesWhatIsNoDecision() throws IOException {
    Patient known = SCHEME.create(Records.patient(person));
    Patient somebody = SCHEME.create(Records.patient(Person.next()));
    MllpConnection.answer(MLLP_PORT, fromHospital());
    Task task = heldFor(known);
    String path = "/fhir/" + referenceTo(task) + "/$match-decision";

    assertThat(send(path, parameters("maybe", null, WHY)).code())
        .isEqualTo("MATCH_DECISION_MISSING");
    assertThat(send(path, parameters("same", null, "so")).code()).isEqualTo("MATCH_REASON_MISSING");
    assertThat(send(path, parameters("same", referenceTo(somebody), WHY)).code())
        .isEqualTo("MATCH_PERSON_UNCLEAR");
    assertThat(send(path, parameters("different", referenceTo(known), WHY)).code())
        .isEqualTo("MATCH_PERSON_UNCLEAR");
    assertThat(send("/fhir/Task/999999/$match-decision", parameters("same", null, WHY)).code())
        .isEqualTo("MATCH_UNKNOWN");
    Answer byHand = SCHEME.send("PUT", "/fhir/" + referenceTo(task), text(task.copy()));
    assertThat(byHand.code()).isEqualTo("MATCH_TASK_KEPT");
    assertThat(heldFor(known).getStatus()).isEqualTo(TaskStatus.REQUESTED);
  }

  @Test
  void asksWhichOneWhereTwoHaveTheNumber() throws IOException {
    Patient one = SCHEME.create(Records.patient(person));
    Patient two = SCHEME.create(Records.patient(person));
    MllpConnection.answer(MLLP_PORT, Hl7.referral(controlId, person));
    Task task = heldFor(one);
    assertThat(MatchTask.knownIn(task))
        .containsExactlyInAnyOrder(referenceTo(one), referenceTo(two));
    String path = "/fhir/" + referenceTo(task) + "/$match-decision";

    assertThat(send(path, parameters("same", null, WHY)).code()).isEqualTo("MATCH_PERSON_UNCLEAR");
    assertThat(send(path, parameters("same", referenceTo(two), WHY)).status()).isEqualTo(200);

    assertThat(awaitReferral().getSubject().getReference()).isEqualTo(referenceTo(two));
  }

  @Test
  void showsAPartnerNothingOfIt() throws IOException {
    Patient known = SCHEME.create(Records.patient(person));
    SCHEME.create(Records.consent(known, "Z9H01"));
    SCHEME.create(Records.consent(known, "Z9H09"));
    MllpConnection.answer(MLLP_PORT, fromHospital());
    Task task = heldFor(known);

    for (ApiClient partner : List.of(HOSPITAL, PRYING, COUNCIL, GP)) {
      Answer read = partner.get("/fhir/" + referenceTo(task));
      assertThat(read.status()).isIn(403, 404);
      assertThat(read.status()).isEqualTo(partner.get("/fhir/Task/999999").status());
      for (String search :
          List.of(
              "identifier=" + HELD,
              "focus=" + referenceTo(known),
              "_id=" + task.getIdElement().getIdPart())) {
        assertThat(partner.get("/fhir/Task?" + search).body())
            .doesNotContain(person.family())
            .doesNotContain("match-person");
      }
      assertThat(partner.get("/fhir/" + referenceTo(task) + "/$match-candidates").status())
          .isEqualTo(403);
      assertThat(decide(partner, task, "same").status()).isEqualTo(403);
    }
    assertThat(OPERATOR.get("/fhir/" + referenceTo(task)).status()).isIn(403, 404);
  }

  @Test
  void showsBothDescriptionsAndWhoElseItMayBe() throws IOException {
    Patient known = SCHEME.create(Records.patient(person));
    Patient alike =
        SCHEME.create(Records.patient(Person.next().bornOn("1947-08-02").named(person.family())));
    MllpConnection.answer(MLLP_PORT, fromHospital());

    Parameters shown =
        SCHEME
            .get("/fhir/" + referenceTo(heldFor(known)) + "/$match-candidates")
            .resource(Parameters.class);

    assertThat(shown.getParameter())
        .extracting(Parameters.ParametersParameterComponent::getName)
        .startsWith("sent", "known")
        .contains("candidate");
    assertThat(people(shown, "known")).containsExactly(referenceTo(known));
    assertThat(people(shown, "candidate")).contains(referenceTo(alike));
  }

  @Test
  void showsWhoAPersonWithoutNhsNumberMayBeAndMatchesNobody() throws IOException {
    // No other test's person is like this one: the list is as long as somebody can look through.
    Person alone = person.bornOn("1929-05-17");
    Patient numbered = SCHEME.create(Records.patient(alone));
    String withoutNumber =
        Hl7.referral(controlId, alone)
            .replace(alone.nhsNumber() + "^^^NHS^NH", local + "^^^Z9H01^MR");
    assertThat(Hl7.code(MllpConnection.answer(MLLP_PORT, withoutNumber))).isEqualTo("AA");
    String subject = awaitReferral().getSubject().getReference();
    assertThat(subject).isNotEqualTo(referenceTo(numbered));

    Parameters shown =
        SCHEME.get("/fhir/" + subject + "/$match-candidates").resource(Parameters.class);

    assertThat(people(shown, "candidate")).contains(referenceTo(numbered)).doesNotContain(subject);
    assertThat(OPERATOR.get("/fhir/" + subject + "/$match-candidates").status()).isEqualTo(403);
  }

  private static List<String> people(Parameters shown, String name) {
    return shown.getParameter().stream()
        .filter(part -> part.getName().equals(name))
        .map(part -> part.getPart().get(0).getResource())
        .map(one -> "Patient/" + one.getIdElement().getIdPart())
        .toList();
  }

  private String fromHospital() {
    return Hl7.referral(controlId, other)
        .replace("^^^NHS^NH||", "^^^NHS^NH~" + local + "^^^Z9H01^MR||");
  }

  private static Answer post(GpMessage message) {
    return GP.send(
        "POST",
        "/fhir/$process-message",
        message.text(),
        "X-Request-Id",
        UUID.randomUUID().toString(),
        "X-Correlation-Id",
        UUID.randomUUID().toString());
  }

  private static String from(GpMessage message) {
    return "identifier=https://fingerpost.io/Id/message|Z91001/urn:uuid:" + message.id();
  }

  private static Answer decide(ApiClient by, Task task, String decision) {
    return by.send(
        "POST", "/fhir/" + referenceTo(task) + "/$match-decision", parameters(decision, null, WHY));
  }

  private static Answer send(String path, String body) {
    return SCHEME.send("POST", path, body);
  }

  private static String parameters(String decision, @Nullable String patient, String reason) {
    Parameters parameters = new Parameters();
    parameters.addParameter().setName("decision").setValue(new CodeType(decision));
    if (patient != null) {
      parameters.addParameter().setName("patient").setValue(new Reference(patient));
    }
    parameters.addParameter().setName("reason").setValue(new StringType(reason));
    return text(parameters);
  }

  private static String text(org.hl7.fhir.r4.model.Resource resource) {
    return ca.uhn.fhir.context.FhirContext.forR4Cached()
        .newJsonParser()
        .encodeResourceToString(resource);
  }

  private static List<Task> tasksFor(Patient known) {
    return SCHEME.search(Task.class, "_count=100&status=requested&identifier=" + HELD).stream()
        .filter(task -> MatchTask.knownIn(task).contains(referenceTo(known)))
        .toList();
  }

  private static Task heldFor(Patient known) {
    List<Task> tasks = tasksFor(known);
    assertThat(tasks).hasSize(1);
    return tasks.get(0);
  }

  private static java.util.Optional<JsonNode> listed(Task task) {
    for (JsonNode row : OPERATOR.get("/console/api/held-messages").json()) {
      if (row.path("task").asText().equals(referenceTo(task))) {
        return java.util.Optional.of(row);
      }
    }
    return java.util.Optional.empty();
  }

  private List<ServiceRequest> referrals() {
    return SCHEME.search(
        ServiceRequest.class, "identifier=https://fingerpost.io/Id/message|Z9H01/" + controlId);
  }

  private ServiceRequest awaitReferral() {
    await().atMost(Duration.ofSeconds(30)).until(() -> !referrals().isEmpty());
    return referrals().get(0);
  }
}
