package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.OTHER_HOSPITAL;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hospital asks by every way there is for the plan of a person who agreed, and for that of one
 * who did not. The second is compared, to the byte, with asking for what does not exist.
 */
@OneServer
class ConsentIT {

  private static final String NOBODY = "999999999";

  private final Person agreed = Person.next();
  private final Person silent = Person.next();
  private final Person unknown = Person.next();

  private Patient agreedPatient = new Patient();
  private Patient silentPatient = new Patient();
  private CarePlan agreedPlan = new CarePlan();
  private CarePlan silentPlan = new CarePlan();
  private Consent consent = new Consent();

  @BeforeEach
  void oneHasAgreedAndOneHasSaidNothing() {
    agreedPatient = SCHEME.create(Records.patient(agreed));
    silentPatient = SCHEME.create(Records.patient(silent));
    agreedPlan = SCHEME.create(Records.plan(agreedPatient, "Getting out again"));
    silentPlan = SCHEME.create(Records.plan(silentPatient, "Nobody's business"));
    SCHEME.create(Records.plan(silentPatient, "Nobody's business either"));
    consent = SCHEME.create(Records.consent(agreedPatient, "Z9H01"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CarePlan/{plan}",
        "CarePlan/{plan}/_history",
        "CarePlan/{plan}/_history/1",
        "CarePlan?_id={plan}",
        "CarePlan?patient=Patient/{patient}",
        "CarePlan?patient={patient}&status=active",
        "CarePlan?patient={patient}&_count=200",
        "CarePlan/{plan}?_elements=title",
        "CarePlan?patient.identifier=https://fhir.nhs.uk/Id/nhs-number|{nhs}",
        "CarePlan?patient:Patient.identifier=https://fhir.nhs.uk/Id/nhs-number|{nhs}",
        "CarePlan?_id={plan}&_include=CarePlan:patient",
        "Patient?_id={patient}&_revinclude=CarePlan:patient",
        "Patient?identifier=https://fhir.nhs.uk/Id/nhs-number|{nhs}"
      })
  void findsThePlanOfThePersonWhoAgreed(String way) {
    Answer answer = HOSPITAL.get("/fhir/" + of(way, agreedPlan, agreedPatient, agreed));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    boolean isPatient = way.startsWith("Patient?identifier");
    assertThat(answer.body()).contains(isPatient ? agreed.family() : agreedPlan.getTitle());
    if (way.contains("_include")) {
      assertThat(answer.body()).contains(agreed.family());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CarePlan/{plan}",
        "CarePlan/{plan}?_summary=true",
        "CarePlan/{plan}?_elements=status",
        "CarePlan/{plan}?_format=xml",
        "CarePlan/{plan}/_history",
        "CarePlan/{plan}/_history?_count=1",
        "CarePlan/{plan}/_history?_at=gt2020",
        "CarePlan/{plan}/_history/1",
        "CarePlan/{plan}/_history/2",
        "CarePlan/{plan}/$meta",
        "CarePlan/{plan}/$validate",
        "Patient/{patient}",
        "Patient/{patient}/_history",
        "Patient/{patient}/$everything",
        "CarePlan?_id={plan}",
        "CarePlan?_id={plan}&_summary=count",
        "CarePlan?_id={plan}&_total=accurate",
        "CarePlan?patient=Patient/{patient}",
        "CarePlan?patient=Patient/{patient}&_count=1",
        "CarePlan?patient=Patient/{patient}&_count=0",
        "CarePlan?patient=Patient/{patient}&_count=1&_total=accurate",
        "CarePlan?patient=Patient/{patient}&_offset=1&_count=1",
        "CarePlan?patient=Patient/{patient}&_summary=count",
        "CarePlan?patient=Patient/{patient}&_summary=count&_summary=count",
        "CarePlan?patient=Patient/{patient}&_total=accurate",
        "CarePlan?patient=Patient/{patient}&_total=estimate",
        "CarePlan?patient=Patient/{patient}&_sort=-_lastUpdated",
        "CarePlan?patient=Patient/{patient}&_sort=date&_summary=text",
        "CarePlan?_sort=patient.family&patient=Patient/{patient}",
        "CarePlan?patient.identifier=https://fhir.nhs.uk/Id/nhs-number|{nhs}",
        "CarePlan?patient.identifier=https://fhir.nhs.uk/Id/nhs-number|{nhs}&_count=1",
        "CarePlan?patient.identifier=https://fhir.nhs.uk/Id/nhs-number|{nhs}&_summary=count",
        "CarePlan?patient.family={family}",
        "CarePlan?patient:Patient.family={family}",
        "CarePlan?_id={plan}&_include=CarePlan:patient",
        "CarePlan?_id={plan}&_include=*",
        "Patient?_id={patient}&_revinclude=CarePlan:patient",
        "Patient?_id={patient}&_revinclude:iterate=*",
        "Patient?identifier=https://fhir.nhs.uk/Id/nhs-number|{nhs}&_total=accurate",
        "Patient?identifier=https://fhir.nhs.uk/Id/nhs-number|{nhs}&_summary=count",
        "Patient?family={family}",
        "Patient?_has:CarePlan:patient:_id={plan}",
        "Organization?_has:ServiceRequest:requester:patient={patient}",
        "Task?patient.family={family}&_total=accurate",
        "Consent?patient={patient}",
        "AuditEvent?patient={patient}"
      })
  void answersAboutThePersonWhoSaidNothingAsAboutNobody(String way) {
    String hidden = of(way, silentPlan, silentPatient, silent);
    String absent =
        way.replace("{plan}", NOBODY)
            .replace("{patient}", NOBODY)
            .replace("{nhs}", unknown.nhsNumber())
            .replace("{family}", unknown.family());

    assertThat(seen(HOSPITAL.get("/fhir/" + hidden)))
        .isEqualTo(seen(HOSPITAL.get("/fhir/" + absent)));
    assertThat(seen(HOSPITAL.head("/fhir/" + hidden)))
        .isEqualTo(seen(HOSPITAL.head("/fhir/" + absent)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "If-None-Match: W/\"1\"",
        "If-None-Match: *",
        "If-Match: W/\"1\"",
        "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT",
        "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
        "Prefer: return=minimal",
        "Cache-Control: no-cache"
      })
  void isNotMovedByConditions(String condition) {
    String[] header = condition.split(": ", 2);
    for (String way : List.of("/fhir/CarePlan/{plan}", "/fhir/CarePlan?_id={plan}")) {
      Answer hidden = HOSPITAL.get(of(way, silentPlan, silentPatient, silent), header);
      Answer absent = HOSPITAL.get(way.replace("{plan}", NOBODY), header);

      assertThat(seen(hidden)).isEqualTo(seen(absent));
    }
  }

  @Test
  void answersSearchesByPostAndInABatchAlike() {
    String form = "Content-Type";
    String search = "patient=Patient/%s&_total=accurate&_count=1";
    String batch =
        "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":["
            + "{\"request\":{\"method\":\"GET\",\"url\":\"CarePlan/%s\"}},"
            + "{\"request\":{\"method\":\"GET\",\"url\":\"CarePlan?_id=%s&_total=accurate\"}}]}";

    assertThat(
            seen(
                HOSPITAL.send(
                    "POST",
                    "/fhir/CarePlan/_search",
                    search.formatted(idOf(silentPatient)),
                    form,
                    "application/x-www-form-urlencoded")))
        .isEqualTo(
            seen(
                HOSPITAL.send(
                    "POST",
                    "/fhir/CarePlan/_search",
                    search.formatted(NOBODY),
                    form,
                    "application/x-www-form-urlencoded")));
    for (String type : List.of("batch", "transaction")) {
      String id = idOf(silentPlan);
      assertThat(seen(HOSPITAL.send("POST", "/fhir", batch.formatted(type, id, id))))
          .isEqualTo(seen(HOSPITAL.send("POST", "/fhir", batch.formatted(type, NOBODY, NOBODY))));
    }
  }

  @Test
  void tellsNothingByWritesThatAreNotAllowed() {
    String plan = "{\"resourceType\":\"CarePlan\",\"id\":\"%s\",\"status\":\"active\"}";
    for (String method : List.of("PUT", "PATCH", "DELETE")) {
      String body = method.equals("PATCH") ? "[]" : plan;
      assertThat(
              seen(
                  HOSPITAL.send(
                      method,
                      "/fhir/CarePlan/" + idOf(silentPlan),
                      body.formatted(idOf(silentPlan)))))
          .isEqualTo(
              seen(HOSPITAL.send(method, "/fhir/CarePlan/" + NOBODY, body.formatted(NOBODY))));
    }
  }

  @Test
  void countsWhatMayBeSeenAlone() {
    for (Patient asked : List.of(agreedPatient, silentPatient)) {
      String query = "/fhir/CarePlan?patient=" + referenceTo(asked);
      int total = asked == agreedPatient ? 1 : 0;

      assertThat(HOSPITAL.get(query + "&_summary=count").resource(Bundle.class).getTotal())
          .isEqualTo(total);
      assertThat(HOSPITAL.get(query + "&_total=accurate").resource(Bundle.class).getTotal())
          .isEqualTo(total);
    }
  }

  /** Nothing is hidden from it that a count could tell of. */
  @Test
  void letsTheSchemeCount() {
    String query = "/fhir/CarePlan?patient=" + referenceTo(agreedPatient);

    assertThat(SCHEME.get(query + "&_summary=count").resource(Bundle.class).getTotal())
        .isEqualTo(1);
    assertThat(SCHEME.get(query + "&_total=accurate").resource(Bundle.class).getTotal())
        .isEqualTo(1);
  }

  @Test
  void tellsNothingOfHiddenOnesByThePagesOfAList() {
    String mixed = idOf(agreedPlan) + "," + idOf(silentPlan);
    String alone = idOf(agreedPlan) + "," + NOBODY;
    for (String more : List.of("&_count=1", "&_count=1&_sort=_lastUpdated", "&_count=2", "")) {
      assertThat(seen(HOSPITAL.get("/fhir/CarePlan?_id=" + mixed + more)))
          .isEqualTo(seen(HOSPITAL.get("/fhir/CarePlan?_id=" + alone + more)));
    }
  }

  @Test
  void includesNothingOfAnotherPersonByWayOfWhatMayBeSeen() {
    agreedPlan.addActivity().getReference().setReference(referenceTo(request(silentPatient)));
    SCHEME.update(agreedPlan);

    Answer answer =
        HOSPITAL.get(
            "/fhir/CarePlan?_id="
                + idOf(agreedPlan)
                + "&_include=CarePlan:activity-reference"
                + "&_include:iterate=ServiceRequest:patient");

    assertThat(answer.resource(Bundle.class).getEntry()).hasSize(1);
    assertThat(answer.body()).contains(agreedPlan.getTitle()).doesNotContain(silent.family());
  }

  @Test
  void askedThroughAReferralOfItsOwnTellsNothingTheSchemeHasWrittenSince() throws IOException {
    Person sent = Person.next();
    MllpConnection.answer(MLLP_PORT, Hl7.referral(Hl7.newControlId(), sent));
    Patient patient = SCHEME.search(Patient.class, "identifier=" + sent.identifier()).get(0);
    Person married = Person.next();
    patient.getNameFirstRep().setFamily(married.family());
    SCHEME.update(patient);
    SCHEME
        .search(Consent.class, "patient=" + referenceTo(patient))
        .forEach(given -> SCHEME.update(given.setStatus(ConsentState.INACTIVE)));
    String own = "/fhir/ServiceRequest?patient.identifier=" + sent.identifier();
    assertThat(HOSPITAL.get(own).entries(ServiceRequest.class)).hasSize(1);

    for (String probe :
        List.of("&patient.family=", "&patient:Patient.family=", "&subject.family=")) {
      assertThat(seen(HOSPITAL.get(own + probe + married.family())))
          .isEqualTo(seen(HOSPITAL.get(own + probe + unknown.family())));
    }
    assertThat(HOSPITAL.get("/fhir/" + referenceTo(patient)).status()).isEqualTo(404);
  }

  @Test
  void showsNothingByAPagingLinkKeptFromBeforeAWithdrawal() {
    IntStream.range(0, 4)
        .forEach(i -> SCHEME.create(Records.plan(agreedPatient, "Getting out again " + i)));
    Bundle first =
        HOSPITAL
            .get("/fhir/CarePlan?patient=" + referenceTo(agreedPatient) + "&_count=2")
            .resource(Bundle.class);
    assertThat(first.getEntry()).hasSize(2);
    String kept = first.getLink(Bundle.LINK_NEXT).getUrl();
    assertThat(HOSPITAL.get(kept).body()).contains("Getting out again");

    withdraw();

    assertThat(HOSPITAL.get(kept).body()).doesNotContain("Getting out again");
    assertThat(HOSPITAL.get(first.getLink(Bundle.LINK_SELF).getUrl()).body())
        .doesNotContain("Getting out again");
  }

  @Test
  void showsNothingByAnotherClientsPagingLink() {
    String query = "/fhir/CarePlan?_count=1&patient=";
    String ofScheme = next(SCHEME.get(query + referenceTo(silentPatient)));
    SCHEME.create(Records.plan(agreedPatient, "Getting out again soon"));
    String ofHospital = next(HOSPITAL.get(query + referenceTo(agreedPatient)));

    assertThat(HOSPITAL.get(ofHospital).status()).isEqualTo(200);
    assertThat(seen(HOSPITAL.get(ofScheme))).isEqualTo(seen(HOSPITAL.get(nobodys(ofScheme))));
    assertThat(seen(OTHER_HOSPITAL.get(ofHospital)))
        .isEqualTo(seen(OTHER_HOSPITAL.get(nobodys(ofHospital))));
  }

  /** The link to a list that was never kept. */
  private static String nobodys(String link) {
    return link.replaceFirst("_getpages=.{32}", "_getpages=" + "0".repeat(32));
  }

  @Test
  void countsAWithdrawalFromTheNextRequest() {
    String plan = "/fhir/CarePlan/" + idOf(agreedPlan);
    assertThat(HOSPITAL.get(plan).status()).isEqualTo(200);

    withdraw();

    assertThat(seen(HOSPITAL.get(plan))).isEqualTo(seen(HOSPITAL.get("/fhir/CarePlan/" + NOBODY)));
    assertThat(HOSPITAL.search(CarePlan.class, "patient=" + referenceTo(agreedPatient))).isEmpty();
    SCHEME.update(consent.setStatus(ConsentState.ACTIVE));
    assertThat(HOSPITAL.get(plan).status()).isEqualTo(200);
  }

  @Test
  void sharesWithTheOneWhoIsNamedAndNoOther() {
    assertThat(seen(OTHER_HOSPITAL.get("/fhir/CarePlan/" + idOf(agreedPlan))))
        .isEqualTo(seen(OTHER_HOSPITAL.get("/fhir/CarePlan/" + NOBODY)));
  }

  @Test
  void recordsWhatWasPermittedAndWhatWasDenied() {
    HOSPITAL.get("/fhir/CarePlan/" + idOf(agreedPlan));
    HOSPITAL.get("/fhir/CarePlan?patient=" + referenceTo(silentPatient));

    assertThat(eventsAbout(agreedPatient))
        .singleElement()
        .satisfies(event -> assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("permit"))
        .satisfies(event -> assertThat(what(event)).contains(referenceTo(consent)))
        .satisfies(event -> assertThat(what(event)).contains(referenceTo(agreedPlan)));
    assertThat(eventsAbout(silentPatient))
        .singleElement()
        .satisfies(event -> assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("deny"))
        .satisfies(event -> assertThat(reason(event)).isEqualTo("NO_CONSENT_ON_RECORD"))
        .satisfies(
            event ->
                assertThat(event.getAgentFirstRep().getWho().getIdentifier().getValue())
                    .isEqualTo("Z9H01"));
  }

  @Test
  void tellsTheSchemeTheReasonOfADecision() {
    assertThat(decision("Z9H01", agreedPlan)).isEqualTo("PERMITTED");
    assertThat(decision("Z9H02", agreedPlan)).isEqualTo("NOT_COVERED");
    assertThat(decision("Z9H01", silentPlan)).isEqualTo("NO_CONSENT_ON_RECORD");
    withdraw();
    assertThat(decision("Z9H01", agreedPlan)).isEqualTo("WITHDRAWN");
    SCHEME.update(consent.setStatus(ConsentState.REJECTED));
    assertThat(decision("Z9H01", agreedPlan)).isEqualTo("REFUSED");
  }

  private void withdraw() {
    SCHEME.update(consent.setStatus(ConsentState.INACTIVE));
  }

  private static String decision(String organisation, CarePlan plan) {
    String question =
        """
        {"resourceType":"Parameters","parameter":[
          {"name":"organisation","valueString":"%s"},
          {"name":"resource","valueReference":{"reference":"%s"}}]}
        """
            .formatted(organisation, referenceTo(plan));
    Answer answer = SCHEME.send("POST", "/fhir/$share-decision", question);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().at("/parameter/1/valueCoding/code").asText();
  }

  private static List<AuditEvent> eventsAbout(Patient patient) {
    return OPERATOR.search(AuditEvent.class, "patient=" + referenceTo(patient));
  }

  private static List<String> what(AuditEvent event) {
    return event.getEntity().stream().map(entity -> entity.getWhat().getReference()).toList();
  }

  private static String reason(AuditEvent event) {
    return event.getEntity().stream()
        .flatMap(entity -> entity.getDetail().stream())
        .filter(detail -> detail.getType().equals("reason"))
        .map(detail -> detail.getValue().primitiveValue())
        .findFirst()
        .orElse("");
  }

  private static ServiceRequest request(Patient patient) {
    ServiceRequest request = new ServiceRequest();
    request.setStatus(ServiceRequest.ServiceRequestStatus.ACTIVE);
    request.setIntent(ServiceRequest.ServiceRequestIntent.ORDER);
    request.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("871731000000106");
    request.getSubject().setReference(referenceTo(patient));
    request.setAuthoredOn(new java.util.Date());
    request
        .getRequester()
        .getIdentifier()
        .setSystem("https://fhir.nhs.uk/Id/ods-organization-code")
        .setValue("Z9S01");
    return SCHEME.create(request);
  }

  private static String next(Answer answer) {
    return answer.resource(Bundle.class).getLink(Bundle.LINK_NEXT).getUrl();
  }

  private static String of(String way, CarePlan plan, Patient patient, Person person) {
    return way.replace("{plan}", idOf(plan))
        .replace("{patient}", idOf(patient))
        .replace("{nhs}", person.nhsNumber())
        .replace("{family}", person.family());
  }

  private static String idOf(Resource resource) {
    return resource.getIdElement().getIdPart();
  }

  /** An answer without what differs between any two requests: ids, instants, its own address. */
  private String seen(Answer answer) {
    String body =
        answer.body().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{48}", "#");
    for (String id : List.of(idOf(silentPlan), idOf(silentPatient), idOf(agreedPlan), NOBODY)) {
      body = body.replaceAll("(?<![0-9]|[0-9]\\.)" + id + "(?![0-9])", "#");
    }
    for (Person person : List.of(silent, unknown)) {
      body = body.replace(person.nhsNumber(), "#").replace(person.family(), "#");
    }
    body =
        body.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)", "#")
            .replaceAll("\"relation\":\\s*\"self\",\\s*\"url\":\\s*\"[^\"]*\"", "self");
    return answer.status() + " " + shown(answer) + "\n" + body;
  }

  /** Which headers there are, and those whose values could tell. */
  private static String shown(Answer answer) {
    return answer.headers().map().keySet().stream()
            .map(header -> header.toLowerCase(Locale.ROOT))
            // The container closes a connection once in a while.
            .filter(header -> !header.equals("connection") && !header.equals("keep-alive"))
            .sorted()
            .toList()
        + answer.header("ETag")
        + answer.header("Content-Type");
  }
}
