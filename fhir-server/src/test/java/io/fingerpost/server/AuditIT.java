package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fingerpost.server.ApiClient.Answer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators read the record of decisions; to everyone else there is none. */
@OneServer
class AuditIT {

  private Patient patient = new Patient();
  private CarePlan plan = new CarePlan();

  @BeforeEach
  void onePlanIsAskedFor() {
    patient = SCHEME.create(Records.patient(Person.next()));
    plan = SCHEME.create(Records.plan(patient, "Getting out again"));
    askFor(plan);
  }

  @Test
  void isReadByOperatorsWithItsRequest() {
    String correlation = UUID.randomUUID().toString();
    HOSPITAL.get("/fhir/CarePlan/" + idOf(plan), "X-Correlation-Id", correlation);

    AuditEvent newest = OPERATOR.search(AuditEvent.class, about()).get(0);
    Answer read = OPERATOR.get("/fhir/AuditEvent/" + idOf(newest));

    assertThat(read.body()).contains(correlation, "NO_CONSENT_ON_RECORD", referenceTo(plan));
  }

  @Test
  void isThereForNobodyElse() {
    String known = idOf(OPERATOR.search(AuditEvent.class, about()).get(0));

    Answer hidden = SCHEME.get("/fhir/AuditEvent/" + known);
    assertThat(SCHEME.search(AuditEvent.class, about())).isEmpty();
    assertThat(hidden.status()).isEqualTo(404);
    assertThat(hidden.body()).isEqualTo(SCHEME.get("/fhir/AuditEvent/4711").body());
    assertThat(HOSPITAL.get("/fhir/AuditEvent/" + known).status()).isEqualTo(403);
    assertThat(
            SCHEME.send("POST", "/fhir/AuditEvent", "{\"resourceType\":\"AuditEvent\"}").status())
        .isBetween(400, 422);
  }

  @Test
  void turnsItsPagesWhileMoreIsWritten() {
    askFor(plan);
    askFor(plan);
    // Reading is on record, too, and about the same person.
    String asked = "agent-name=hospital&" + about();
    List<String> all = ids(OPERATOR.get("/fhir/AuditEvent?" + asked));
    assertThat(all).hasSize(3);

    List<String> read = new ArrayList<>();
    Bundle page = page("/fhir/AuditEvent?_count=1&" + asked);
    while (true) {
      page.getEntry().forEach(entry -> read.add(idOf(entry.getResource())));
      if (page.getLink(Bundle.LINK_NEXT) == null || read.size() > 3) {
        break;
      }
      page = page(page.getLink(Bundle.LINK_NEXT).getUrl());
    }

    assertThat(read).isEqualTo(all);
  }

  @Test
  void tellsOfEachOfAPageOfPeopleApart() {
    Patient other = SCHEME.create(Records.patient(Person.next()));
    CarePlan others = SCHEME.create(Records.plan(other, "Getting out again"));
    HOSPITAL.get("/fhir/CarePlan?_id=" + idOf(plan) + "," + idOf(others));
    SCHEME.create(Records.consent(patient, "Z9H01"));
    SCHEME.create(Records.consent(other, "Z9H01"));
    Answer page = HOSPITAL.get("/fhir/CarePlan?_id=" + idOf(plan) + "," + idOf(others));
    assertThat(page.entries(CarePlan.class)).hasSize(2);

    String asked = "/fhir/AuditEvent?agent-name=hospital&subtype=permit&_count=1&patient=";
    for (Patient one : List.of(patient, other)) {
      Patient another = one == patient ? other : patient;
      Bundle told = page(asked + referenceTo(one));
      AuditEvent event = (AuditEvent) told.getEntryFirstRep().getResource();
      Answer read = OPERATOR.get("/fhir/AuditEvent/" + idOf(event));

      assertThat(read.body())
          .contains(referenceTo(one))
          .doesNotContain(referenceTo(another) + "\"");
      assertThat(told.getLink(Bundle.LINK_NEXT)).isNull();
    }
  }

  @Test
  void tellsWhatTheSchemeLookedAt() {
    assertThat(OPERATOR.search(AuditEvent.class, byScheme()))
        .as("writing is not looking")
        .isEmpty();
    for (String look :
        List.of(
            "/fhir/CarePlan/" + idOf(plan),
            "/fhir/CarePlan?" + about(),
            "/fhir/CarePlan/" + idOf(plan) + "/_history",
            "/fhir/CarePlan/" + idOf(plan) + "/_history/1",
            "/fhir/Patient?_id=" + idOf(patient) + "&_revinclude=CarePlan:patient")) {
      int before = OPERATOR.search(AuditEvent.class, byScheme()).size();

      assertThat(SCHEME.get(look).status()).as(look).isEqualTo(200);

      assertThat(OPERATOR.search(AuditEvent.class, byScheme())).as(look).hasSize(before + 1);
      assertThat(OPERATOR.get("/fhir/AuditEvent?_count=1&" + byScheme()).body())
          .as(look)
          .contains("OWN_RECORD", referenceTo(plan));
    }
  }

  @Test
  void isSearchedByWhoWhenAndWhatCameOfIt() {
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    for (String hit :
        List.of(
            "agent-name=hospital", "outcome=4", "subtype=deny", "date=" + today, "_sort=date")) {
      assertThat(OPERATOR.search(AuditEvent.class, hit + "&" + about())).as(hit).isNotEmpty();
    }
    for (String miss :
        List.of(
            "agent-name=gp", "outcome=0&agent-name=hospital", "date=lt2020-01-01", "_id=none")) {
      assertThat(OPERATOR.search(AuditEvent.class, miss + "&" + about())).as(miss).isEmpty();
    }
  }

  @Test
  void tellsWhoLookedAtIt() {
    OPERATOR.search(AuditEvent.class, about());

    assertThat(OPERATOR.search(AuditEvent.class, "agent-name=operator&" + about()))
        .singleElement()
        .satisfies(event -> assertThat(event.getPurposeOfEventFirstRep()).isNotNull());
    assertThat(OPERATOR.get("/fhir/AuditEvent?" + about()).body()).contains("AUDIT_READ");
  }

  @Test
  void standsInTheCapabilityStatementAsWhatIsReadAndSearched() {
    CapabilityStatement statement =
        OPERATOR.get("/fhir/metadata").resource(CapabilityStatement.class);
    CapabilityStatementRestResourceComponent audit =
        statement.getRestFirstRep().getResource().stream()
            .filter(resource -> resource.getType().equals("AuditEvent"))
            .findFirst()
            .orElseThrow();

    assertThat(audit.getInteraction())
        .extracting(interaction -> interaction.getCode().toCode())
        .containsExactlyInAnyOrder("read", "search-type");
    assertThat(audit.getSearchParam())
        .extracting(
            CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent::getName)
        .contains("patient", "date", "agent-name", "outcome", "subtype");
  }

  @Test
  void isVerifiedForOperatorsAlone() {
    String head =
        await()
            .until(
                () -> OPERATOR.get("/fhir/$verify-audit").resource(Parameters.class),
                answer -> answer.hasParameter("head"))
            .getParameter("head")
            .getValue()
            .primitiveValue();

    Answer since = OPERATOR.get("/fhir/$verify-audit?since=" + head);
    Answer other = OPERATOR.get("/fhir/$verify-audit?since=" + head.replaceAll("[0-9a-f]$", "x"));

    assertThat(since.json().at("/parameter/0/valueBoolean").asBoolean()).as(since.body()).isTrue();
    assertThat(other.body()).contains("HEAD_MISSING");
    assertThat(SCHEME.get("/fhir/$verify-audit").status()).isEqualTo(403);
    assertThat(HOSPITAL.get("/fhir/$verify-audit").status()).isEqualTo(403);
  }

  private static void askFor(CarePlan plan) {
    assertThat(HOSPITAL.get("/fhir/CarePlan/" + idOf(plan)).status()).isEqualTo(404);
  }

  private String byScheme() {
    return "agent-name=scheme&" + about();
  }

  private String about() {
    return "patient=" + referenceTo(patient);
  }

  private static Bundle page(String url) {
    return OPERATOR.get(url).resource(Bundle.class);
  }

  private static List<String> ids(Answer answer) {
    return answer.entries(AuditEvent.class).stream().map(AuditIT::idOf).toList();
  }

  private static String idOf(Resource resource) {
    return resource.getIdElement().getIdPart();
  }
}
