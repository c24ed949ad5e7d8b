package io.fingerpost.server;

import static io.fingerpost.profiles.referral.ReferralState.ACCEPTED;
import static io.fingerpost.profiles.referral.ReferralState.CANCELLED;
import static io.fingerpost.profiles.referral.ReferralState.COMPLETED;
import static io.fingerpost.profiles.referral.ReferralState.HELD_FOR_CONSENT;
import static io.fingerpost.profiles.referral.ReferralState.IN_SUPPORT;
import static io.fingerpost.profiles.referral.ReferralState.RECEIVED;
import static io.fingerpost.profiles.referral.ReferralState.REJECTED;
import static io.fingerpost.profiles.referral.ReferralState.SENT_IN_ERROR;
import static io.fingerpost.profiles.referral.ReferralState.WAITING_LIST;
import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.referral.MoveRole;
import io.fingerpost.profiles.referral.ReferralMoves;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.profiles.referral.TaskState;
import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.EpisodeOfCare.EpisodeOfCareStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The scheme moves referrals every way there is, and the records of each stay in step. */
@OneServer
class ReferralStateIT {

  private final JdbcTemplate database;

  @Autowired
  ReferralStateIT(JdbcTemplate database) {
    this.database = database;
  }

  @ParameterizedTest
  @EnumSource
  void takesNoMoveThatTheTableDoesNotHaveAndNamesThoseItHas(ReferralState state) {
    Referral referral = Referral.in(state);
    Set<ReferralState> legal = ReferralMoves.from(state, MoveRole.SCHEME);
    String names =
        legal.isEmpty()
            ? "no other state"
            : String.join(", ", legal.stream().map(ReferralState::code).toList());

    for (ReferralState wished : ReferralState.values()) {
      if (wished != state && !legal.contains(wished)) {
        Answer answer = referral.move(wished);
        assertThat(answer.status()).as("%s: %s", wished, answer.body()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("REFERRAL_MOVE_ILLEGAL");
        assertThat(answer.json().at("/issue/0/diagnostics").asText())
            .isEqualTo(
                "The referral is %s. This client may move it from there to: %s."
                    .formatted(state.code(), names));
      }
    }
    assertThat(referral.state()).isEqualTo(state.code());
  }

  @ParameterizedTest
  @EnumSource
  void takesEveryMoveOfTheTableAndTheRecordsFollow(ReferralState state) {
    for (ReferralState next : ReferralMoves.from(state, MoveRole.SCHEME)) {
      Referral referral = Referral.in(state);

      Answer answer = referral.move(next);

      assertThat(answer.status()).as("%s: %s", next, answer.body()).isEqualTo(200);
      assertThat(referral.state()).isEqualTo(next.code());
      assertThat(referral.requestAsStored().getStatus()).isEqualTo(next.request());
      List<EpisodeOfCare> episodes = referral.episodes();
      if (next.care().isOpen() || state.care().isOpen()) {
        assertThat(episodes)
            .as(String.join("\n", episodes.stream().map(Referral::text).toList()))
            .singleElement()
            .satisfies(episode -> assertThat(next.care().episode()).contains(episode.getStatus()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void beginsOnlyWhereReferralsBegin(ReferralState state) {
    Referral held = Referral.in(HELD_FOR_CONSENT);
    Task task = Referral.task(held.patient(), held.request(), state);

    Answer answer = SCHEME.send("POST", "/fhir/Task", Referral.text(task));

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    boolean isBeginning = ReferralMoves.beginnings(MoveRole.SCHEME).contains(state);
    // Its ServiceRequest has a Task already, and that is told to who may begin there.
    assertThat(answer.code())
        .isEqualTo(isBeginning ? "REFERRAL_CONTRADICTED" : "REFERRAL_MOVE_ILLEGAL");
  }

  @Test
  void followsAClientThatWritesOnlyTheStatus() {
    Referral referral = Referral.in(RECEIVED);
    Task bare = referral.asStored();
    bare.setBusinessStatus(null);

    Referral.write(bare.setStatus(TaskStatus.ACCEPTED)).resource(Task.class);
    assertThat(referral.state()).isEqualTo("accepted");
    Referral.write(referral.asStored().setStatus(TaskStatus.INPROGRESS)).resource(Task.class);
    assertThat(referral.state()).isEqualTo("in-support");
  }

  @Test
  void followsAClientThatWritesOnlyTheState() {
    Referral referral = Referral.in(RECEIVED);
    Task task = referral.asStored();

    Referral.write(task.setBusinessStatus(new CodeableConcept(WAITING_LIST.toCoding())))
        .resource(Task.class);

    assertThat(referral.asStored().getStatus()).isEqualTo(TaskStatus.ACCEPTED);
  }

  @Test
  void refusesAPairThatDoesNotAgree() {
    Referral referral = Referral.in(RECEIVED);
    Task task = Referral.to(IN_SUPPORT, referral.asStored()).setStatus(TaskStatus.ACCEPTED);

    Answer answer = Referral.write(task);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("REFERRAL_STATE_UNCLEAR");
    assertThat(referral.state()).isEqualTo("received");
  }

  /** Each way of writing there is, with a move that is not in the table. */
  static Stream<Arguments> ways() {
    return Stream.of("transaction", "batch", "conditional", "delete", "patch", "xml")
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void refusesAnIllegalMoveByWhicheverWay(String way) {
    Referral referral = Referral.in(RECEIVED);
    Task illegal = Referral.to(COMPLETED, referral.asStored());

    Answer answer =
        switch (way) {
          case "transaction" ->
              SCHEME.send("POST", "/fhir", bundle(BundleType.TRANSACTION, illegal));
          case "batch" -> SCHEME.send("POST", "/fhir", bundle(BundleType.BATCH, illegal));
          case "conditional" ->
              SCHEME.send("PUT", "/fhir/Task?focus=" + referral.request(), unnamed(illegal));
          case "delete" -> SCHEME.send("DELETE", "/fhir/" + referral.task(), "");
          case "patch" ->
              SCHEME.send(
                  "PATCH",
                  "/fhir/" + referral.task(),
                  "[{\"op\": \"replace\", \"path\": \"/status\", \"value\": \"completed\"}]",
                  "Content-Type",
                  "application/json-patch+json");
          default ->
              SCHEME.send(
                  "PUT",
                  "/fhir/" + referral.task(),
                  ca.uhn.fhir.context.FhirContext.forR4Cached()
                      .newXmlParser()
                      .encodeResourceToString(illegal),
                  "Content-Type",
                  "application/fhir+xml");
        };

    if (way.equals("batch")) {
      assertThat(answer.body()).contains("422").doesNotContain("200 OK");
    } else {
      assertThat(answer.status()).as(answer.body()).isIn(403, 422);
    }
    assertThat(referral.state()).isEqualTo("received");
    assertThat(referral.requestAsStored().getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
  }

  @Test
  void takesALegalMoveInATransactionTogetherWithTheRestOfItsRecords() {
    Referral referral = Referral.in(IN_SUPPORT);
    ServiceRequest request = referral.requestAsStored();
    request.addNote().setText("Ended as planned.");
    EpisodeOfCare episode = finished(referral.episodes().get(0));
    Task task = Referral.to(COMPLETED, referral.asStored());

    Answer answer =
        SCHEME.send("POST", "/fhir", bundle(BundleType.TRANSACTION, request, episode, task));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(referral.state()).isEqualTo("completed");
    ServiceRequest stored = referral.requestAsStored();
    assertThat(stored.getStatus()).isEqualTo(ServiceRequestStatus.COMPLETED);
    assertThat(stored.getNoteFirstRep().getText()).isEqualTo("Ended as planned.");
    assertThat(referral.episodes())
        .extracting(EpisodeOfCare::getStatus)
        .containsExactly(EpisodeOfCareStatus.FINISHED);
    // And it can be written again afterwards.
    stored.addNote().setText("The person called to say thank you.");
    assertThat(Referral.write(stored).status()).isEqualTo(200);
  }

  private static EpisodeOfCare finished(EpisodeOfCare episode) {
    episode.getPeriod().setEnd(new Date());
    return episode.setStatus(EpisodeOfCareStatus.FINISHED);
  }

  @Test
  void opensNoSecondEpisodeBesideTheOneOfTheSameTransaction() {
    Referral referral = Referral.in(RECEIVED);
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    add(bundle, Referral.to(ACCEPTED, referral.asStored()));
    EpisodeOfCare own = new EpisodeOfCare().setStatus(EpisodeOfCareStatus.ACTIVE);
    own.getPeriod().setStart(new Date());
    own.setPatient(new Reference(referenceTo(referral.patient())));
    own.addReferralRequest(new Reference(referral.request()));
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:6fbd5b5c-2ac5-4d3c-8a3e-1b6e1a7a4a11")
        .setResource(own)
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl("EpisodeOfCare");

    Answer answer = SCHEME.send("POST", "/fhir", Referral.text(bundle));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(referral.episodes())
        .extracting(EpisodeOfCare::getStatus)
        .containsExactly(EpisodeOfCareStatus.ACTIVE);
  }

  @Test
  void doesNotLetASenderWriteItsTask() {
    Referral referral = Referral.in(RECEIVED);
    Task task = Referral.to(CANCELLED, referral.asStored());

    assertThat(HOSPITAL.send("PUT", "/fhir/" + referral.task(), Referral.text(task)).status())
        .isEqualTo(403);
  }

  @Test
  void keepsATaskWithItsReferral() {
    Referral one = Referral.in(RECEIVED);
    Referral other = Referral.in(RECEIVED);
    Task task = one.asStored();

    Answer answer = Referral.write(task.setFocus(new Reference(other.request())));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("REFERRAL_CONTRADICTED");
  }

  /** From every state some two moves, so that every legal move of the table has its turn. */
  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    for (ReferralState state : ReferralState.values()) {
      List<ReferralState> legal = List.copyOf(ReferralMoves.from(state, MoveRole.SCHEME));
      for (int i = 0; i < legal.size(); i++) {
        pairs.add(Arguments.of(state, legal.get(i), legal.get((i + 1) % legal.size())));
      }
    }
    return pairs.stream();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void neverLetsTwoWinThatCouldNotFollowEachOther(
      ReferralState state, ReferralState one, ReferralState other) throws Exception {
    Referral referral = Referral.in(state);
    Task stored = referral.asStored();

    List<Answer> answers =
        atOnce(
            () -> Referral.write(Referral.to(one, stored.copy())),
            () -> Referral.write(Referral.to(other, stored.copy())));

    assertThat(answers).extracting(Answer::status).contains(200).isSubsetOf(200, 409, 422);
    assertThatItsHistoryIsLegal(referral);
    assertThat(referral.requestAsStored().getStatus())
        .isEqualTo(ReferralState.of(referral.state()).orElseThrow().request());
  }

  @ParameterizedTest
  @EnumSource(names = {"RECEIVED", "ACCEPTED", "FIRST_APPOINTMENT_BOOKED", "IN_SUPPORT"})
  void letsOneOfTwoWinThatNameTheVersionTheyRead(ReferralState state) throws Exception {
    Referral referral = Referral.in(state);
    Task stored = referral.asStored();
    List<ReferralState> legal = List.copyOf(ReferralMoves.from(state, MoveRole.SCHEME));
    String version = "W/\"" + stored.getMeta().getVersionId() + "\"";

    List<Answer> answers =
        atOnce(
            () -> Referral.write(Referral.to(legal.get(0), stored.copy()), "If-Match", version),
            () -> Referral.write(Referral.to(legal.get(1), stored.copy()), "If-Match", version));

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(200);
    assertThat(answers).extracting(Answer::status).containsOnlyOnce(412);
    Answer late = Referral.write(Referral.to(legal.get(1), stored.copy()), "If-Match", version);
    assertThat(late.status()).isEqualTo(412);
    assertThatItsHistoryIsLegal(referral);
  }

  /** By version: the time of one is when its request began, not when it had its turn. */
  private static void assertThatItsHistoryIsLegal(Referral referral) {
    List<ReferralState> states =
        SCHEME.get("/fhir/" + referral.task() + "/_history").entries(Task.class).stream()
            .sorted(
                Comparator.comparingInt(task -> Integer.parseInt(task.getMeta().getVersionId())))
            .map(task -> TaskState.in(task).orElseThrow())
            .toList();
    for (int i = 1; i < states.size(); i++) {
      ReferralState from = states.get(i - 1);
      if (from != states.get(i)) {
        assertThat(ReferralMoves.from(from, MoveRole.SCHEME)).contains(states.get(i));
      }
    }
  }

  @Test
  void endsThePlanWithTheReferral() {
    Referral referral = Referral.in(IN_SUPPORT);
    CarePlan named = planOf(referral, CarePlanStatus.ACTIVE);
    CarePlan unnamed = SCHEME.create(Records.plan(referral.patient(), "Getting out again"));

    referral.move(COMPLETED).resource(Task.class);

    assertThat(stored(named).getStatus()).isEqualTo(CarePlanStatus.COMPLETED);
    assertThat(stored(unnamed).getStatus()).isEqualTo(CarePlanStatus.COMPLETED);
    EpisodeOfCare episode = referral.episodes().get(0);
    assertThat(episode.getStatus()).isEqualTo(EpisodeOfCareStatus.FINISHED);
    assertThat(episode.getPeriod().hasEnd()).isTrue();
  }

  @Test
  void leavesThePlanOfAnotherReferralOfTheSamePerson() {
    Referral ending = Referral.in(IN_SUPPORT);
    Referral going = Referral.in(IN_SUPPORT, ending.patient());
    CarePlan named = planOf(going, CarePlanStatus.ACTIVE);
    CarePlan unnamed = SCHEME.create(Records.plan(ending.patient(), "Getting out again"));

    ending.move(COMPLETED).resource(Task.class);

    assertThat(stored(named).getStatus()).isEqualTo(CarePlanStatus.ACTIVE);
    assertThat(stored(unnamed).getStatus()).isEqualTo(CarePlanStatus.ACTIVE);
    assertThat(going.episodes().get(0).getStatus()).isEqualTo(EpisodeOfCareStatus.ACTIVE);
  }

  @Test
  void doesNotCompleteAReferralWhosePlanIsStillADraft() {
    Referral referral = Referral.in(IN_SUPPORT);
    planOf(referral, CarePlanStatus.DRAFT);

    Answer answer = referral.move(COMPLETED);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("REFERRAL_CONTRADICTED");
    assertThat(answer.json().at("/issue/0/expression/0").asText()).isEqualTo("CarePlan.status");
    assertThat(referral.state()).isEqualTo("in-support");
    assertThat(referral.requestAsStored().getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
  }

  @Test
  void marksEverythingOfAMistakeAsOne() {
    Referral referral = Referral.in(IN_SUPPORT);
    CarePlan plan = planOf(referral, CarePlanStatus.ACTIVE);

    referral.move(SENT_IN_ERROR).resource(Task.class);

    assertThat(referral.requestAsStored().getStatus())
        .isEqualTo(ServiceRequestStatus.ENTEREDINERROR);
    assertThat(referral.episodes().get(0).getStatus())
        .isEqualTo(EpisodeOfCareStatus.ENTEREDINERROR);
    assertThat(stored(plan).getStatus()).isEqualTo(CarePlanStatus.ENTEREDINERROR);
  }

  @Test
  void takesTheEpisodeTheSchemeHasOpenedItself() {
    Referral referral = Referral.in(RECEIVED);
    EpisodeOfCare own = new EpisodeOfCare().setStatus(EpisodeOfCareStatus.WAITLIST);
    own.setPatient(new Reference(referenceTo(referral.patient())));
    own.addReferralRequest(new Reference(referral.request()));
    EpisodeOfCare opened = SCHEME.create(own);

    referral.move(ACCEPTED).resource(Task.class);
    referral.move(IN_SUPPORT).resource(Task.class);

    assertThat(referral.episodes())
        .singleElement()
        .satisfies(episode -> assertThat(referenceTo(episode)).isEqualTo(referenceTo(opened)))
        .satisfies(
            episode -> assertThat(episode.getStatus()).isEqualTo(EpisodeOfCareStatus.ACTIVE));
  }

  @Test
  void refusesARecordThatSaysOtherwiseThanTheTask() {
    Referral referral = Referral.in(IN_SUPPORT);
    ServiceRequest request = referral.requestAsStored();
    EpisodeOfCare episode = referral.episodes().get(0);

    assertThat(Referral.write(request.setStatus(ServiceRequestStatus.COMPLETED)).code())
        .isEqualTo("REFERRAL_CONTRADICTED");
    assertThat(Referral.write(finished(episode)).code()).isEqualTo("REFERRAL_CONTRADICTED");
    referral.move(COMPLETED).resource(Task.class);
    CarePlan late = Records.plan(referral.patient(), "Too late");
    late.addSupportingInfo(new Reference(referral.request()));
    assertThat(SCHEME.send("POST", "/fhir/CarePlan", Referral.text(late)).code())
        .isEqualTo("REFERRAL_CONTRADICTED");
  }

  @Test
  void tellsOfAMoveOnceHoweverManyRecordsFollow() {
    Referral referral = Referral.in(RECEIVED);
    planOf(referral, CarePlanStatus.ACTIVE);

    referral.move(ACCEPTED).resource(Task.class);
    referral.move(REJECTED).resource(Task.class);

    assertThat(
            database.queryForObject(
                "select count(*) from fingerpost.outbox where resource_id = ?",
                Integer.class,
                referral.task().substring("Task/".length())))
        .isEqualTo(2);
  }

  @Test
  void takesAReferralOffHoldWhenTheSchemeRecordsAConsent() throws IOException {
    Person person = Person.next();
    Referral held = referredWithoutConsent(person);
    assertThat(held.state()).isEqualTo("held-for-consent");
    assertThat(held.requestAsStored().getStatus()).isEqualTo(ServiceRequestStatus.ONHOLD);
    assertThat(held.move(IN_SUPPORT).code()).isEqualTo("REFERRAL_MOVE_ILLEGAL");
    assertThat(held.move(RECEIVED).code()).isEqualTo("REFERRAL_MOVE_ILLEGAL");

    Consent refusal = Records.consent(held.patient(), "Z9C01");
    refusal.getProvision().setType(ConsentProvisionType.DENY);
    SCHEME.create(refusal);
    assertThat(held.state()).isEqualTo("held-for-consent");
    Consent consent = Records.consent(held.patient(), "Z9H01");
    Consent proposed = SCHEME.create(consent.setStatus(ConsentState.PROPOSED));
    assertThat(held.state()).isEqualTo("held-for-consent");
    Consent given = SCHEME.update(proposed.setStatus(ConsentState.ACTIVE));

    assertThat(held.state()).isEqualTo("received");
    assertThat(held.asStored().getStatus()).isEqualTo(TaskStatus.REQUESTED);
    assertThat(held.requestAsStored().getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
    SCHEME.update(given.setStatus(ConsentState.INACTIVE));
    assertThat(held.state()).isEqualTo("received");
    held.move(CANCELLED).resource(Task.class);
  }

  @Test
  void takesAReferralOffHoldWhenALaterMessageBringsConsent() throws IOException {
    Person person = Person.next();
    Referral held = referredWithoutConsent(person);

    String controlId = Hl7.newControlId();
    String answer = MllpConnection.answer(MLLP_PORT, Hl7.referral(controlId, person));

    assertThat(Hl7.code(answer)).as(answer).isEqualTo("AA");
    assertThat(held.state()).isEqualTo("received");
    assertThat(held.requestAsStored().getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
    assertThat(ofMessage(controlId).state()).isEqualTo("received");
  }

  @Test
  void keepsAReferralOnHoldUntilWhoeverAgreesForThePersonMay() throws IOException {
    Referral held = referredWithoutConsent(Person.next());
    RelatedPerson attorney = new RelatedPerson();
    attorney.setPatient(new Reference(referenceTo(held.patient()))).setActive(false);
    attorney.addRelationship(ConsentTerms.ATTORNEY.toConcept());
    attorney.addName().setFamily("Attwater");
    attorney = SCHEME.create(attorney);
    Consent consent = Records.consent(held.patient(), "Z9H01");
    consent.addPerformer(new Reference(referenceTo(attorney)));

    consent = SCHEME.create(consent);
    assertThat(held.state()).isEqualTo("held-for-consent");
    attorney.setPeriod(new Period().setEnd(Date.from(Instant.now().minusSeconds(60))));
    SCHEME.update(attorney.setActive(true));
    consent = SCHEME.update(consent.setDateTime(new Date()));
    assertThat(held.state()).isEqualTo("held-for-consent");
    SCHEME.update(attorney.setPeriod(null));
    // Within one second the same words would be no change.
    SCHEME.update(consent.setDateTime(Date.from(Instant.now().minusSeconds(60))));

    assertThat(held.state()).isEqualTo("received");
  }

  private static Referral referredWithoutConsent(Person person) throws IOException {
    String controlId = Hl7.newControlId();
    String silent = Hl7.referral(controlId, person).replaceAll("CON\\|[^\r]*\r", "");
    assertThat(Hl7.code(MllpConnection.answer(MLLP_PORT, silent))).isEqualTo("AA");
    return ofMessage(controlId);
  }

  private static Referral ofMessage(String controlId) {
    ServiceRequest request =
        SCHEME
            .search(
                ServiceRequest.class,
                "identifier=https://fingerpost.io/Id/message|Z9H01/" + controlId)
            .get(0);
    Task task = SCHEME.search(Task.class, "focus=" + referenceTo(request)).get(0);
    Patient patient =
        SCHEME.get("/fhir/" + request.getSubject().getReference()).resource(Patient.class);
    return new Referral(patient, referenceTo(request), referenceTo(task));
  }

  private static CarePlan planOf(Referral referral, CarePlanStatus status) {
    CarePlan plan = Records.plan(referral.patient(), "One step at a time");
    plan.setStatus(status).addSupportingInfo(new Reference(referral.request()));
    return SCHEME.create(plan);
  }

  private static CarePlan stored(CarePlan plan) {
    return SCHEME.get("/fhir/" + referenceTo(plan)).resource(CarePlan.class);
  }

  private static String bundle(BundleType type, Resource... resources) {
    Bundle bundle = new Bundle().setType(type);
    for (Resource resource : resources) {
      add(bundle, resource);
    }
    return Referral.text(bundle);
  }

  private static void add(Bundle bundle, Resource resource) {
    bundle
        .addEntry()
        .setFullUrl(Wexcombe.SERVER + "/fhir/" + referenceTo(resource))
        .setResource(resource)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl(referenceTo(resource));
  }

  private static String unnamed(Task task) {
    Task copy = task.copy();
    copy.setId((String) null);
    return Referral.text(copy);
  }

  private static List<Answer> atOnce(Callable<Answer> one, Callable<Answer> other)
      throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(2);
    CyclicBarrier instant = new CyclicBarrier(2);
    try {
      List<Callable<Answer>> both = new ArrayList<>();
      for (Callable<Answer> each : List.of(one, other)) {
        both.add(
            () -> {
              instant.await();
              return each.call();
            });
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : clients.invokeAll(both)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      clients.shutdownNow();
    }
  }
}
