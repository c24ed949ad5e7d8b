package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.COUNCIL;
import static io.fingerpost.server.Wexcombe.EMERGENCY;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.SAFEGUARDING;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An emergency department and a safeguarding team ask for a person who has refused both. */
@OneServer
class OverrideIT {

  private static final String REASON = "Found unconscious; duty consultant Dr Ashgrove decided.";

  private final Person person = Person.next();
  private final Person other = Person.next();

  private Patient patient = new Patient();
  private CarePlan plan = new CarePlan();
  private CarePlan otherPlan = new CarePlan();

  @BeforeEach
  void thePersonHasRefused() {
    patient = SCHEME.create(Records.patient(person));
    CarePlan labelled = Records.plan(patient, "Safe at home again");
    labelled.getMeta().addSecurity(ConsentTerms.SDV.toCoding());
    plan = SCHEME.create(labelled);
    otherPlan = SCHEME.create(Records.plan(SCHEME.create(Records.patient(other)), "Not asked"));
    Consent refusal = Records.consent(patient, "Z9H01");
    refusal.getProvision().setType(ConsentProvisionType.DENY);
    SCHEME.create(refusal);
  }

  @Test
  void opensThePersonsRecordsInAnEmergencyAndNobodyElses() {
    assertThat(status(EMERGENCY, plan)).isEqualTo(404);

    Parameters granted = granted(EMERGENCY, "emergency");

    assertThat(((Reference) granted.getParameterValue("patient")).getReference())
        .isEqualTo(referenceTo(patient));
    assertThat(((InstantType) granted.getParameterValue("until")).getValue().toInstant())
        .isBetween(
            Instant.now().plus(Duration.ofHours(4)).minusSeconds(60),
            Instant.now().plus(Duration.ofHours(4)));
    assertThat(status(EMERGENCY, plan)).isEqualTo(200);
    assertThat(EMERGENCY.search(CarePlan.class, "patient=" + referenceTo(patient))).hasSize(1);
    assertThat(status(EMERGENCY, otherPlan)).isEqualTo(404);
    assertThat(status(HOSPITAL, plan)).isEqualTo(404);
  }

  @Test
  void recordsDecisionsThatRestOnIt() {
    granted(SAFEGUARDING, "safeguarding");

    assertThat(status(SAFEGUARDING, plan)).isEqualTo(200);

    assertThat(events("permit"))
        .filteredOn(event -> !text(event).contains("GRANTED"))
        .singleElement()
        .satisfies(event -> assertThat(text(event)).contains("OVERRIDE_SAFEGUARDING"))
        .satisfies(event -> assertThat(text(event)).contains(referenceTo(notice())));
  }

  @Test
  void isForAnEmergencyOnlyWhereThatIsThePurpose() {
    granted(EMERGENCY, "emergency");

    for (String purpose : List.of("TREAT", "HQUALIMP")) {
      ApiClient forOther = EMERGENCY.forPurpose(purpose);
      assertThat(status(forOther, plan)).as(purpose).isEqualTo(404);
    }
  }

  @Test
  void tellsTheSchemeWithoutTheReasonAndKeepsItFromPartners() {
    granted(SAFEGUARDING, "safeguarding");
    SCHEME.create(Records.consent(patient, "Z9C01"));

    Communication told = notice();
    assertThat(decision("Z9C01", told)).isEqualTo("LABELLED");
    assertThat(told.getStatus()).isEqualTo(CommunicationStatus.INPROGRESS);
    assertThat(told.getCategoryFirstRep().getCodingFirstRep().getCode()).isEqualTo("override-used");
    assertThat(told.getReasonCodeFirstRep().getCodingFirstRep().getCode())
        .isEqualTo("safeguarding-override");
    assertThat(told.getRecipientFirstRep().getIdentifier().getValue()).isEqualTo("Z9S01");
    assertThat(ConsentTerms.V.is(told.getMeta().getSecurityFirstRep())).isTrue();
    assertThat(text(told)).doesNotContain("Ashgrove");
    SCHEME.update(told.setStatus(CommunicationStatus.COMPLETED));
  }

  @Test
  void leavesAnEventOfItsOwnKindWithTheReason() {
    granted(EMERGENCY, "emergency");

    assertThat(events("OVERRIDE_EMERGENCY"))
        .singleElement()
        .satisfies(event -> assertThat(text(event)).contains(REASON, "GRANTED", "Z9H01"));
  }

  @Test
  void isListedForOperatorsAndEndedByThemAtOnce() {
    granted(EMERGENCY, "emergency");
    assertThat(status(EMERGENCY, plan)).isEqualTo(200);
    String id = listed().getPart().get(0).getValue().primitiveValue();
    assertThat(part("reason")).isEqualTo(REASON);
    assertThat(part("kind")).isEqualTo("emergency-override");
    assertThat(part("client")).isEqualTo("emergency");

    Answer ended = end(OPERATOR, id);

    assertThat(ended.status()).as(ended.body()).isEqualTo(200);
    assertThat(status(EMERGENCY, plan)).isEqualTo(404);
    assertThat(part("endedBy")).isEqualTo("operator");
    assertThat(events("OVERRIDE_EMERGENCY"))
        .anySatisfy(event -> assertThat(text(event)).contains("ENDED"));
    assertThat(end(OPERATOR, id).code()).isEqualTo("OVERRIDE_NOT_IN_FORCE");
    assertThat(end(OPERATOR, "no id").code()).isEqualTo("OVERRIDE_NOT_IN_FORCE");
  }

  @Test
  void endsByItselfWhenItsTimeIsOver(
      @Autowired JdbcClient jdbc, @Autowired PlatformTransactionManager transactions) {
    granted(EMERGENCY, "emergency");
    assertThat(status(EMERGENCY, plan)).isEqualTo(200);

    new TransactionTemplate(transactions)
        .executeWithoutResult(
            status ->
                jdbc.sql("update fingerpost.override set until = now() where patient = ?")
                    .param(referenceTo(patient))
                    .update());

    assertThat(status(EMERGENCY, plan)).isEqualTo(404);
  }

  @Test
  void isGrantedByReferenceToo() {
    Answer answer =
        ask(EMERGENCY, "emergency", "\"reference\":\"" + referenceTo(patient) + "\"", REASON);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void isForClientsThatWereGivenTheScopeForThatKind() {
    String who = byNumber(person);
    assertThat(ask(EMERGENCY, "safeguarding", who, REASON).status()).isEqualTo(403);
    assertThat(ask(SAFEGUARDING, "emergency", who, REASON).status()).isEqualTo(403);
    assertThat(ask(COUNCIL, "safeguarding", who, REASON).status()).isEqualTo(403);
    assertThat(ask(OPERATOR, "emergency", who, REASON).status()).isEqualTo(403);
    assertThat(EMERGENCY.get("/fhir/$overrides").status()).isEqualTo(403);
    assertThat(end(EMERGENCY, "no id").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "because", "         a       "})
  void isNotGrantedWithoutAReason(String reason) {
    Answer answer = ask(EMERGENCY, "emergency", byNumber(person), reason);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("OVERRIDE_REASON_MISSING");
    assertThat(status(EMERGENCY, plan)).isEqualTo(404);
  }

  @Test
  void isNotGrantedForAReasonOfAThousandAndOneCharacters() {
    assertThat(ask(EMERGENCY, "emergency", byNumber(person), "a".repeat(1001)).code())
        .isEqualTo("OVERRIDE_REASON_MISSING");
    assertThat(ask(EMERGENCY, "emergency", byNumber(person), "a".repeat(1000)).status())
        .isEqualTo(200);
  }

  @Test
  void tellsThatNobodyOfThatNumberIsKnownAndRecordsTheAttempt() {
    Person nobody = Person.next();

    for (String who : List.of(byNumber(nobody), "\"reference\":\"Patient/999999999\"")) {
      Answer answer = ask(EMERGENCY, "emergency", who, REASON);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.code()).isEqualTo("OVERRIDE_PERSON_UNKNOWN");
    }

    assertThat(OPERATOR.search(AuditEvent.class, "_sort=-date"))
        .anySatisfy(
            event ->
                assertThat(text(event))
                    .contains(nobody.nhsNumber(), "OVERRIDE_EMERGENCY", "\"outcome\":\"4\""));
  }

  @Test
  void writesTheReasonIntoNoLog() throws IOException {
    granted(EMERGENCY, "emergency");

    assertThat(Files.readString(Wexcombe.LOG)).doesNotContain("Ashgrove");
  }

  private Parameters granted(ApiClient client, String kind) {
    return ask(client, kind, byNumber(person), REASON).resource(Parameters.class);
  }

  private static Answer ask(ApiClient client, String kind, String who, String reason) {
    return client.send(
        "POST",
        "/fhir/$" + kind + "-override",
        """
        {"resourceType":"Parameters","parameter":[
          {"name":"patient","valueReference":{%s}},
          {"name":"reason","valueString":"%s"}]}
        """
            .formatted(who, reason.isEmpty() ? " " : reason));
  }

  private static String byNumber(Person person) {
    return "\"identifier\":{\"system\":\"https://fhir.nhs.uk/Id/nhs-number\",\"value\":\""
        + person.nhsNumber()
        + "\"}";
  }

  private static Answer end(ApiClient client, String id) {
    return client.send(
        "POST",
        "/fhir/$end-override",
        """
        {"resourceType":"Parameters","parameter":[{"name":"override","valueString":"%s"}]}
        """
            .formatted(id));
  }

  private static String decision(String organisation, Resource resource) {
    Answer answer =
        SCHEME.send(
            "POST",
            "/fhir/$share-decision",
            """
            {"resourceType":"Parameters","parameter":[
              {"name":"organisation","valueString":"%s"},
              {"name":"resource","valueReference":{"reference":"%s"}}]}
            """
                .formatted(organisation, referenceTo(resource)));
    return answer.json().at("/parameter/1/valueCoding/code").asText();
  }

  private static int status(ApiClient client, CarePlan plan) {
    return client.get("/fhir/" + referenceTo(plan)).status();
  }

  private ParametersParameterComponent listed() {
    return OPERATOR.get("/fhir/$overrides").resource(Parameters.class).getParameter().stream()
        .filter(override -> text(override).contains(referenceTo(patient)))
        .findFirst()
        .orElseThrow();
  }

  private String part(String name) {
    return listed().getPart().stream()
        .filter(part -> part.getName().equals(name))
        .map(part -> part.getValue().primitiveValue())
        .findFirst()
        .orElseThrow();
  }

  private static String text(ParametersParameterComponent override) {
    return text(new Parameters().addParameter(override.copy()));
  }

  private static String text(Resource resource) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
  }

  private List<AuditEvent> events(String subtype) {
    return OPERATOR.search(AuditEvent.class, "patient=" + referenceTo(patient)).stream()
        .filter(
            event ->
                event.getSubtype().stream().anyMatch(coding -> coding.getCode().equals(subtype)))
        .toList();
  }

  private Communication notice() {
    List<Communication> told =
        SCHEME.search(Communication.class, "patient=" + referenceTo(patient));
    assertThat(told).hasSize(1);
    return told.get(0);
  }
}
