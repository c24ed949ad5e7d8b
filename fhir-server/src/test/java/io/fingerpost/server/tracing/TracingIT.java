package io.fingerpost.server.tracing;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.server.OneServer;
import io.fingerpost.server.Person;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * People are traced with a service played here, in the program's own store. The program under test
 * has tracing off, as it is delivered: it is turned on for these people alone.
 */
@OneServer
class TracingIT {

  private static final String STATUS =
      "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus";

  private final DaoRegistry daos;
  private final JdbcClient jdbc;
  private final TransactionTemplate committed;
  private final IInterceptorService interceptors;
  private final TraceQueue queue;
  private final TraceOnWrite onWrite;
  private final Person person = Person.next();
  private final Pds pds = new Pds();

  @Autowired
  TracingIT(
      DaoRegistry daos,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      IInterceptorService interceptors) {
    this.daos = daos;
    this.jdbc = jdbc;
    this.committed = new TransactionTemplate(transactions);
    this.interceptors = interceptors;
    this.queue = new TraceQueue(jdbc);
    this.onWrite = new TraceOnWrite(queue, Duration.ofDays(7), Clock.systemUTC());
  }

  @BeforeEach
  void turnOn() {
    interceptors.registerInterceptor(onWrite);
    openGate();
  }

  @AfterEach
  void turnOff() {
    interceptors.unregisterInterceptor(onWrite);
    committed.executeWithoutResult(status -> jdbc.sql("delete from fingerpost.trace").update());
    openGate();
    pds.stop();
  }

  private void openGate() {
    String open =
        """
        update fingerpost.pds_gate
        set next_at = '-infinity', closed_until = '-infinity', failures = 0
        """;
    committed.executeWithoutResult(status -> jdbc.sql(open).update());
  }

  @Test
  void verifiesANumberAfterwardsAndSaysWhoSaidSo() {
    pds.answers(person.nhsNumber(), 200, found(person.nhsNumber(), "U"));
    String patient = stored(person.nhsNumber());
    assertThat(statusOf(patient)).as("written without asking").isEqualTo("02");

    tracing(1000).traceWhatIsDue();

    assertThat(statusOf(patient)).isEqualTo("01");
    assertThat(outcomeOf(patient)).isEqualTo("VERIFIED");
    assertThat(provenancesOf(patient))
        .singleElement()
        .extracting(it -> it.getAgentFirstRep().getWho().getDisplay())
        .isEqualTo("Personal Demographics Service");
  }

  @Test
  void asksNothingAgainWhileTheAnswerIsGood() {
    pds.answers(person.nhsNumber(), 200, found(person.nhsNumber(), "U"));
    String patient = stored(person.nhsNumber());
    tracing(1000).traceWhatIsDue();

    write(patient, it -> it.setGender(AdministrativeGender.FEMALE));
    tracing(1000).traceWhatIsDue();
    pds.server.verify(1, getRequestedFor(urlPathMatching("/Patient/.*")));

    write(patient, it -> it.getNameFirstRep().setFamily("Anderton"));
    tracing(1000).traceWhatIsDue();
    pds.server.verify(2, getRequestedFor(urlPathMatching("/Patient/.*")));
  }

  @Test
  void followsASupersededNumber() {
    String successor = Person.next().nhsNumber();
    pds.answers(person.nhsNumber(), 200, found(successor, "U"));
    String patient = stored(person.nhsNumber());

    tracing(1000).traceWhatIsDue();

    assertThat(read(patient).getIdentifier())
        .extracting(Identifier::getValue)
        .containsExactly(successor, person.nhsNumber());
    assertThat(outcomeOf(patient)).isEqualTo("SUPERSEDED");
  }

  @Test
  void leavesTwoRecordsOfOnePersonToTheScheme() {
    String successor = Person.next().nhsNumber();
    stored(successor);
    pds.answers(successor, 404, Pds.fault("RESOURCE_NOT_FOUND"));
    pds.answers(person.nhsNumber(), 200, found(successor, "U"));
    String patient = stored(person.nhsNumber());

    tracing(1000).traceWhatIsDue();

    assertThat(statusOf(patient)).isEqualTo("05");
    assertThat(outcomeOf(patient)).isEqualTo("TWO_RECORDS");
  }

  @Test
  void labelsARestrictedRecord() {
    pds.answers(person.nhsNumber(), 200, found(person.nhsNumber(), "R"));
    String patient = stored(person.nhsNumber());

    tracing(1000).traceWhatIsDue();

    assertThat(read(patient).getMeta().getSecurity()).extracting(Coding::getCode).contains("R");
  }

  @Test
  void saysThatNobodyHasTheNumber() {
    pds.answers(person.nhsNumber(), 404, Pds.fault("RESOURCE_NOT_FOUND"));
    String patient = stored(person.nhsNumber());

    tracing(1000).traceWhatIsDue();

    assertThat(statusOf(patient)).isEqualTo("04");
  }

  @Test
  void findsTheNumberOfSomebodyWhoHasNone() {
    pds.searchAnswers(200, Pds.searchset(found(person.nhsNumber(), "U")));
    String patient = storedWith(described().addIdentifier(local()));

    tracing(1000).traceWhatIsDue();

    assertThat(outcomeOf(patient)).isEqualTo("FOUND");
    assertThat(statusOf(patient)).isEqualTo("01");
    pds.server.verify(1, getRequestedFor(urlPathEqualTo("/Patient")));
  }

  @Test
  void asksAgainAfterAFailureAndThenLeavesItToAnOperator() {
    pds.answers(person.nhsNumber(), 503, Pds.fault("SOMETHING"));
    String patient = stored(person.nhsNumber());
    for (int tries = 0; tries < 3; tries++) {
      makeDue(patient);
      tracing(1000).traceWhatIsDue();
    }

    assertThat(stateOf(patient)).isEqualTo("failed");
    assertThat(outcomeOf(patient)).isEqualTo("HTTP_503");
    assertThat(statusOf(patient)).isEqualTo("02");
  }

  @Test
  void leavesTheServiceAloneAfterFailuresInARowWhoeverMetThem() {
    pds.stub(get(anyUrl()), Pds.response(500, Pds.fault("SOMETHING")));
    for (int people = 0; people < 8; people++) {
      stored(Person.next().nhsNumber());
    }

    tracing(1000).traceWhatIsDue();
    tracing(1000).traceWhatIsDue();

    pds.server.verify(5, getRequestedFor(urlPathMatching("/Patient/.*")));
  }

  @Test
  void asksNoMoreThanFiveTimesASecondFromTwoNodesTogether() throws Exception {
    pds.stub(get(anyUrl()), Pds.response(404, Pds.fault("RESOURCE_NOT_FOUND")));
    for (int people = 0; people < 12; people++) {
      stored(Person.next().nhsNumber());
    }
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    List<Callable<Void>> running = new ArrayList<>();
    for (int node = 0; node < 2; node++) {
      Tracing tracing = tracing(5);
      running.add(
          () -> {
            while (queue.count("pending") > 0) {
              tracing.traceWhatIsDue();
            }
            return null;
          });
    }
    try {
      for (Future<Void> node : nodes.invokeAll(running)) {
        node.get();
      }
    } finally {
      nodes.shutdownNow();
    }

    List<Long> asked =
        pds.server.findAll(getRequestedFor(urlPathMatching("/Patient/.*"))).stream()
            .map(request -> request.getLoggedDate().getTime())
            .sorted()
            .toList();
    assertThat(asked).as("each once").hasSize(12);
    for (int first = 0; first + 6 < asked.size(); first++) {
      // Six intervals of 200 ms, less what the way to the service may vary by.
      assertThat(asked.get(first + 6) - asked.get(first)).isGreaterThan(1000);
    }
  }

  private Tracing tracing(int aSecond) {
    PdsSettings settings = pds.settings(aSecond);
    PdsHttp http = new PdsHttp(settings);
    Clock clock = Clock.systemUTC();
    return new Tracing(
        queue,
        new PdsGate(jdbc, committed, settings),
        new PdsClient(http, settings, new PdsToken(http, settings, Pds.KEY, clock)),
        new TraceStore(daos, queue, committed, clock),
        settings,
        clock);
  }

  private String found(String number, String label) {
    return Pds.patient(number, person.family(), person.given(), person.birthDate(), label);
  }

  private Patient described() {
    Patient patient = new Patient();
    patient.addName().setFamily(person.family()).addGiven(person.given());
    patient.setBirthDateElement(new DateType(person.birthDate()));
    patient.addAddress().setPostalCode("WX1 2AB");
    return patient;
  }

  private Identifier local() {
    return new Identifier()
        .setSystem("https://fingerpost.io/Id/local-patient/Z9H01")
        .setValue(person.nhsNumber() + "-W");
  }

  private String stored(String number) {
    Identifier identifier = new NhsNumber(number).toIdentifier();
    identifier.addExtension(
        STATUS,
        new CodeableConcept(
            new Coding()
                .setSystem(
                    "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland")
                .setCode("02")));
    return storedWith(described().addIdentifier(identifier));
  }

  private String storedWith(Patient patient) {
    return daos.getResourceDao(Patient.class)
        .create(patient, new SystemRequestDetails())
        .getId()
        .toUnqualifiedVersionless()
        .getValue();
  }

  private void write(String patient, java.util.function.Consumer<Patient> change) {
    Patient changed = read(patient).copy();
    change.accept(changed);
    daos.getResourceDao(Patient.class).update(changed, new SystemRequestDetails());
  }

  private Patient read(String patient) {
    return daos.getResourceDao(Patient.class).read(new IdType(patient), new SystemRequestDetails());
  }

  private String statusOf(String patient) {
    CodeableConcept status =
        (CodeableConcept)
            TraceRules.numberOf(read(patient)).orElseThrow().getExtensionByUrl(STATUS).getValue();
    return status.getCodingFirstRep().getCode();
  }

  private List<Provenance> provenancesOf(String patient) {
    return daos
        .getResourceDao(Provenance.class)
        .search(
            SearchParameterMap.newSynchronous()
                .add(Provenance.SP_TARGET, new ReferenceParam(patient)),
            new SystemRequestDetails())
        .getAllResources()
        .stream()
        .map(Provenance.class::cast)
        .toList();
  }

  private String outcomeOf(String patient) {
    return column("outcome", patient);
  }

  private String stateOf(String patient) {
    return column("state", patient);
  }

  private String column(String column, String patient) {
    return jdbc.sql("select " + column + " from fingerpost.trace where patient = ?")
        .param(patient)
        .query(String.class)
        .single();
  }

  private void makeDue(String patient) {
    String due =
        """
        update fingerpost.trace set next_attempt_at = ? where patient = ? and state = 'pending'
        """;
    committed.executeWithoutResult(
        status -> jdbc.sql(due).params(java.sql.Timestamp.from(Instant.EPOCH), patient).update());
  }
}
