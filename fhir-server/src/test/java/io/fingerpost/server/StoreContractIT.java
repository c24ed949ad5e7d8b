package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import com.zaxxer.hikari.HikariDataSource;
import io.fingerpost.profiles.identity.OdsCode;
import java.io.IOException;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What the routes rely on of their store, whichever way they reach it. */
@OneServer
class StoreContractIT {

  enum Way {
    IN_PROCESS,
    OVER_HTTP
  }

  private static final Map<String, String> NOT_KEPT = Map.of("Cache-Control", "no-store");
  private static final Map<String, String> AS_JSON =
      Map.of("Content-Type", "application/fhir+json");

  private static RoutesProcess routes;

  private final IRepository inProcess;
  private final Person person = Person.next();
  private final Patient patient = Records.patient(person);

  @Autowired
  StoreContractIT(IRepository inProcess) {
    this.inProcess = inProcess;
  }

  @BeforeAll
  static void startRoutes(@Autowired HikariDataSource database) throws IOException {
    routes = RoutesProcess.on(database);
  }

  @AfterAll
  static void stopRoutes() {
    routes.close();
  }

  private IRepository store(Way way) {
    return way == Way.IN_PROCESS ? inProcess : routes.bean(IRepository.class);
  }

  @ParameterizedTest
  @EnumSource
  void storesAllOfATransactionAndFindsIt(Way way) {
    Bundle response = store(way).transaction(transaction(request(UUID.randomUUID())));

    assertThat(response.getEntry())
        .extracting(entry -> new IdType(entry.getResponse().getLocation()).getResourceType())
        .containsExactly("Patient", "ServiceRequest");
    Patient found = found(way).get(0);
    ServiceRequest stored =
        store(way)
            .read(
                ServiceRequest.class,
                new IdType(response.getEntry().get(1).getResponse().getLocation())
                    .toUnqualifiedVersionless());
    assertThat(stored.getSubject().getReference()).isEqualTo(Records.referenceTo(found));
  }

  @ParameterizedTest
  @EnumSource
  void knowsAPersonItHasAlready(Way way) {
    store(way).transaction(transaction(request(UUID.randomUUID())));
    store(way).transaction(transaction(request(UUID.randomUUID())));

    assertThat(found(way)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void findsNothingWhereNothingIs(Way way) {
    assertThat(found(way)).isEmpty();
    assertThatThrownBy(() -> store(way).read(Patient.class, new IdType("Patient", "999999999")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @ParameterizedTest
  @EnumSource
  void storesNothingOfATransactionWithAFaultAndSaysWhere(Way way) {
    ServiceRequest faulty = request(UUID.randomUUID());
    faulty.setCode(null);

    assertThatThrownBy(() -> store(way).transaction(transaction(faulty)))
        .isInstanceOfSatisfying(
            UnprocessableEntityException.class,
            refused -> {
              OperationOutcome told = (OperationOutcome) refused.getOperationOutcome();
              assertThat(told.getIssueFirstRep().getExpression().get(0).getValue())
                  .contains("ServiceRequest");
              assertThat(told.getIssueFirstRep().getDetails().getText()).isNotEmpty();
            });
    assertThat(found(way)).isEmpty();
  }

  /** Nor when whoever stored it first never heard that it was. */
  @ParameterizedTest
  @EnumSource
  void storesNoSecondReferralOfOneMessage(Way way) {
    UUID message = UUID.randomUUID();
    store(way).transaction(transaction(request(message)));

    assertThatThrownBy(() -> store(way).transaction(transaction(request(message))))
        .isInstanceOf(ResourceVersionConflictException.class);
    assertThat(
            SCHEME.search(
                ServiceRequest.class, "identifier=https://fingerpost.io/Id/message|" + message))
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void readsTheVersionThatIsAskedFor(Way way) {
    Patient first = SCHEME.create(patient);
    first.addAddress().addLine("2 Harkaway Rise");
    SCHEME.update(first);
    IdType id = new IdType("Patient", first.getIdElement().getIdPart(), "1");

    assertThat(store(way).read(Patient.class, id).getAddress()).hasSize(1);
    assertThat(store(way).read(Patient.class, id.toVersionless()).getAddress()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void saysWhetherSomethingMayBeShared(Way way) {
    Patient stored = SCHEME.create(patient);
    CarePlan plan = SCHEME.create(Records.plan(stored, "Getting out more"));

    assertThat(decision(way, plan)).isEqualTo("NO_CONSENT_ON_RECORD false");
    SCHEME.create(Records.consent(stored, "Z9H01"));
    assertThat(decision(way, plan)).isEqualTo("PERMITTED true");
  }

  private String decision(Way way, Resource resource) {
    Parameters question = new Parameters();
    question.addParameter("organisation", new StringType("Z9H01"));
    question.addParameter("kind", new StringType("hospital"));
    question.addParameter("resource", new Reference(Records.referenceTo(resource)));
    Parameters answer = store(way).invoke("$share-decision", question, Parameters.class, AS_JSON);
    return ((Coding) answer.getParameter("reason").getValue()).getCode()
        + " "
        + ((BooleanType) answer.getParameter("permitted").getValue()).booleanValue();
  }

  private List<Patient> found(Way way) {
    TokenParam number = new TokenParam("https://fhir.nhs.uk/Id/nhs-number", person.nhsNumber());
    return store(way)
        .search(
            Bundle.class, Patient.class, search -> search.addOrList("identifier", number), NOT_KEPT)
        .getEntry()
        .stream()
        .map(entry -> (Patient) entry.getResource())
        .toList();
  }

  private ServiceRequest request(UUID message) {
    ServiceRequest request = new ServiceRequest();
    request.addIdentifier().setSystem("https://fingerpost.io/Id/message").setValue("" + message);
    request.setStatus(ServiceRequestStatus.ACTIVE).setIntent(ServiceRequestIntent.ORDER);
    request.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("871731000000106");
    request.setAuthoredOn(new Date());
    request.setRequester(new Reference().setIdentifier(new OdsCode("Z9H01").toIdentifier()));
    return request;
  }

  private Bundle transaction(ServiceRequest request) {
    Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    String whom = "urn:uuid:" + UUID.randomUUID();
    request.setSubject(new Reference(whom));
    bundle
        .addEntry()
        .setFullUrl(whom)
        .setResource(patient)
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl("Patient")
        .setIfNoneExist("identifier=" + person.identifier());
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:" + UUID.randomUUID())
        .setResource(request)
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl("ServiceRequest");
    return bundle;
  }
}
