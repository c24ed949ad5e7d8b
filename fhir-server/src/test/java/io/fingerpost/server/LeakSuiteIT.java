package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.ANALYST;
import static io.fingerpost.server.Wexcombe.COUNCIL;
import static io.fingerpost.server.Wexcombe.GP;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.OTHER_HOSPITAL;
import static io.fingerpost.server.Wexcombe.PRYING;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.server.ApiClient.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every way in which the server answers, times every reason for a no, times every kind of client:
 * nothing of the person is in the answer, and it is, to the byte, the answer about a person who
 * does not exist. The ways come from the server's CapabilityStatement and the records from the
 * types it stores, so whatever is new is tried without being named here.
 */
@OneServer
@TestInstance(Lifecycle.PER_CLASS)
class LeakSuiteIT {

  private static final Logger log = LoggerFactory.getLogger(LeakSuiteIT.class);
  private static final String NOBODY = "999999999";

  /** The types that are about nobody; whatever else the server has is taken to be somebody's. */
  private static final Set<String> ABOUT_NOBODY =
      Set.of(
          "Organization",
          "Practitioner",
          "PractitionerRole",
          "Location",
          "HealthcareService",
          "Endpoint",
          "Questionnaire",
          "SearchParameter",
          "CodeSystem",
          "ValueSet",
          "ConceptMap",
          "StructureDefinition",
          "OperationDefinition");

  /** Records of what was done, which no example of a person's makes. */
  private static final Set<String> OF_WHAT_WAS_DONE = Set.of("AuditEvent", "Provenance");

  private static final Map<String, ApiClient> CLIENTS =
      new LinkedHashMap<>(
          Map.of(
              "with every scope", PRYING,
              "sender and partner", HOSPITAL,
              "another of its kind", OTHER_HOSPITAL,
              "surgery", GP,
              "partner", COUNCIL,
              "analyst", ANALYST,
              "operator", OPERATOR));

  /** Why the answer is no. */
  enum Why {
    SILENT,
    REFUSED,
    REJECTED,
    WITHDRAWN,
    EXPIRED,
    NOT_YET,
    NOT_COVERED,
    LABELLED,
    IMPLIED_FOR_ANOTHER,
    NOT_UNDERSTOOD
  }

  /** Nothing on record, and a consent that all but covers it; for the others the plain ways. */
  private static final Set<Why> IN_FULL = Set.of(Why.SILENT, Why.LABELLED);

  private final Person unknown = Person.next();
  private final AtomicInteger cells = new AtomicInteger();
  private final Map<Exit, Map<String, String>> absent = new LinkedHashMap<>();
  private final List<Exit> exits = new ArrayList<>();
  private List<String> types = List.of();

  @BeforeAll
  void listTheWays() {
    CapabilityStatement capabilities =
        SCHEME.get("/fhir/metadata").resource(CapabilityStatement.class);
    types =
        capabilities.getRestFirstRep().getResource().stream()
            .map(CapabilityStatement.CapabilityStatementRestResourceComponent::getType)
            .filter(type -> !ABOUT_NOBODY.contains(type) && !OF_WHAT_WAS_DONE.contains(type))
            .sorted(LeakSuiteIT::referralsFirst)
            .toList();
    types.forEach(type -> exits.addAll(Exit.of(capabilities, type)));
  }

  /** What others refer to. */
  private static int referralsFirst(String one, String other) {
    List<String> order = List.of("Patient", "ServiceRequest", "Task", "Goal");
    return Integer.compare(rank(order, one), rank(order, other));
  }

  private static int rank(List<String> order, String type) {
    int at = order.indexOf(type);
    return at < 0 ? order.size() : at;
  }

  @AfterAll
  void tellHowMany() {
    log.info("leak suite: {} cells, {} ways, {} types", cells, exits.size(), types.size());
    assertThat(cells.get()).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @EnumSource
  void tellsNothing(Why why) {
    assertThat(leaks(why).toList()).isEmpty();
  }

  /** Who asks, and in which way. */
  private record Cell(Map.Entry<String, ApiClient> client, Exit exit) {}

  /** What tells of records that are hidden for this reason. Each cell costs a request or two. */
  Stream<String> leaks(Why why) {
    HiddenRecords hidden = HiddenRecords.store(SCHEME, types, why == Why.LABELLED ? "R" : null);
    say(why, hidden.patient());
    List<Cell> all = new ArrayList<>();
    for (Map.Entry<String, ApiClient> client : CLIENTS.entrySet()) {
      boolean everyWay = client.getValue() == PRYING && IN_FULL.contains(why);
      exits.stream()
          .filter(exit -> everyWay || exit.isPlain())
          .forEach(exit -> all.add(new Cell(client, exit)));
    }
    return all.parallelStream().flatMap(cell -> tried(cell.exit(), cell.client(), hidden).stream());
  }

  private List<String> tried(Exit exit, Map.Entry<String, ApiClient> client, HiddenRecords hidden) {
    cells.incrementAndGet();
    String id = hidden.id(exit.type());
    String patient = hidden.id("Patient");
    String nhs = hidden.person().nhsNumber();
    Answer answer = exit.ask(client.getValue(), hidden.names(exit.type()));
    String cell = client.getKey() + ": " + exit + " -> ";
    if (Stream.of(hidden.mark(), hidden.person().family()).anyMatch(answer.body()::contains)
        || (!exit.names() && answer.body().contains(nhs))) {
      return List.of(cell + "shows the person");
    }
    if (!exit.namesTheRecord() && answer.body().contains(exit.type() + "/" + id + "\"")) {
      return List.of(cell + "names the record");
    }
    String seen = seen(answer, List.of(id, patient, nhs));
    String nobody = aboutNobody(exit, client, hidden);
    return seen.equals(nobody) ? List.of() : List.of(cell + "differs\n  " + seen + "\n  " + nobody);
  }

  private String aboutNobody(Exit exit, Map.Entry<String, ApiClient> client, HiddenRecords hidden) {
    synchronized (absent) {
      String known = absent.getOrDefault(exit, Map.of()).get(client.getKey());
      if (known != null && exit.isAboutThemAlone()) {
        return known;
      }
    }
    Map<String, String> names = hidden.names(exit.type());
    names.putAll(Map.of("id", NOBODY, "patient", NOBODY, "nhs", unknown.nhsNumber()));
    Answer answer = exit.ask(client.getValue(), names);
    String seen = seen(answer, List.of(NOBODY, unknown.nhsNumber()));
    synchronized (absent) {
      absent.computeIfAbsent(exit, one -> new LinkedHashMap<>()).put(client.getKey(), seen);
    }
    return seen;
  }

  /** An answer without what differs between any two requests: ids, instants, its own address. */
  private static String seen(Answer answer, List<String> ids) {
    String body =
        answer.body().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{48}", "#");
    for (String id : ids) {
      body = body.replaceAll("(?<![0-9]|[0-9]\\.)" + id + "1?(?![0-9])", "#");
    }
    body =
        body.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)", "#")
            .replaceAll("(?s)\"relation\":\\s*\"self\",\\s*\"url\":\\s*\"[^\"]*\"", "self");
    Set<String> headers = new TreeSet<>(answer.headers().map().keySet());
    headers.remove("connection");
    // Of a list it is the instant of the answer.
    boolean isList = body.contains("searchset") || body.contains("\"type\":\"history\"");
    String modified = isList ? "" : answer.header("Last-Modified");
    return answer.status() + " " + headers + " " + answer.header("ETag") + modified + "\n" + body;
  }

  /** The suite could see a leak: with consent the same ways show the record. */
  @Test
  void showsWhatThePersonAgreedTo() {
    HiddenRecords open = HiddenRecords.store(SCHEME, types, null);
    SCHEME.create(Records.consent(open.patient(), "Z9H09"));

    for (String type : types) {
      for (String way :
          List.of(type + "/{id}", type + "?_id={id}", "Patient?_id={p}&_revinclude=*")) {
        String path = way.replace("{id}", open.id(type)).replace("{p}", open.id("Patient"));
        assertThat(PRYING.get("/fhir/" + path).body()).as(path).contains(open.mark());
      }
    }
  }

  /** And where nothing is held back, each of these would have told of the record. */
  @ParameterizedTest
  @CsvSource({
    "ServiceRequest, Organization?_has:ServiceRequest:requester:_id={id}",
    "ServiceRequest, Practitioner?_has:ServiceRequest:performer:patient=Patient/{patient}",
    "ServiceRequest, HealthcareService?_has:ServiceRequest:performer:_id={id}",
    "ServiceRequest, Organization?_id={Organization}&_revinclude=ServiceRequest:requester",
    "Task, Organization?_has:Task:requester:_id={id}",
    "Task, PractitionerRole?_has:Task:owner:_id={id}",
    "CareTeam, Practitioner?_has:CareTeam:participant:_id={id}",
    "ServiceRequest, CarePlan?_id={near}&activity-reference:{T}._id={id}",
    "Task, CarePlan?_id={near}&activity-reference:{T}.patient=Patient/{patient}",
    "Appointment, CarePlan?_id={near}&_include=*",
    "Task, '{T}?_has:CarePlan:activity-reference:_id={near}'"
  })
  void wouldTellOfARecord(String type, String path) {
    HiddenRecords hidden = HiddenRecords.store(SCHEME, types, null);
    Map<String, String> names = hidden.names(type);
    Exit exit = new Exit(type, "GET", path, "");
    String about = exit.ask(SCHEME, names).body();
    names.putAll(Map.of("id", NOBODY, "patient", NOBODY));
    String aboutNobody = exit.ask(SCHEME, names).body();

    assertThat(about).contains("fullUrl");
    assertThat(about.contains(hidden.mark()) || !aboutNobody.contains("fullUrl")).isTrue();
  }

  private static void say(Why why, Patient patient) {
    Consent consent = Records.consent(patient, "Z9H01");
    Date yesterday = Date.from(Instant.now().minus(1, ChronoUnit.DAYS));
    Date tomorrow = Date.from(Instant.now().plus(1, ChronoUnit.DAYS));
    consent.getProvision().getActor().clear();
    switch (why) {
      case SILENT -> {
        return;
      }
      case REFUSED -> consent.getProvision().setType(ConsentProvisionType.DENY);
      case REJECTED -> consent.setStatus(ConsentState.REJECTED);
      case WITHDRAWN -> {
        Consent given = SCHEME.create(consent);
        SCHEME.update(given.setStatus(ConsentState.INACTIVE));
        return;
      }
      case EXPIRED -> consent.getProvision().getPeriod().setEnd(yesterday);
      case NOT_YET -> consent.getProvision().getPeriod().setStart(tomorrow);
      case NOT_COVERED -> consent = Records.consent(patient, "Z9L99");
      case LABELLED ->
          consent
              .getMeta()
              .addSecurity(
                  new Coding(
                      "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null));
      case IMPLIED_FOR_ANOTHER -> consent.setPolicyRule(ConsentTerms.IMPLIED.toConcept());
      case NOT_UNDERSTOOD ->
          consent.getProvision().addAction().setText("something only its author understood");
    }
    SCHEME.create(consent);
  }
}
