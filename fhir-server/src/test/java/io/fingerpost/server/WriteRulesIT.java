package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.server.ApiClient.Answer;
import io.fingerpost.server.storage.StoredTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may write what: each role, registered for every scope there is, against each type and each
 * way of writing. A new type joins by itself.
 */
@OneServer
class WriteRulesIT {

  private static final String NOTHING = "99999999";
  private static final List<String> OPERATIONS = List.of("$meta-add", "$meta-delete", "$expunge");

  /** A way of writing to a type, at an id. */
  record Write(String method, String path, String body, String... headers) {
    Answer by(ApiClient client) {
      return client.send(method, path, body, headers);
    }

    @Override
    public String toString() {
      return method + " " + path + " " + String.join(" ", headers) + " " + body;
    }
  }

  static Stream<String> types() {
    return StoredTypes.ALL.stream();
  }

  private static List<Write> writes(String type, String id) {
    String empty = "{\"resourceType\":\"" + type + "\"}";
    String named = "{\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\"}";
    String path = "/fhir/" + type;
    List<Write> writes = new ArrayList<>();
    writes.add(new Write("POST", path, empty));
    writes.add(new Write("POST", path, empty, "If-None-Exist", "_id=" + id));
    writes.add(new Write("PUT", path + "/" + id, named));
    writes.add(new Write("PUT", path + "/" + id, named, "If-Match", "W/\"1\""));
    writes.add(new Write("PUT", path + "?_id=" + id, empty));
    writes.add(patch(path + "/" + id));
    writes.add(patch(path + "?_id=" + id));
    writes.add(new Write("DELETE", path + "/" + id, ""));
    writes.add(new Write("DELETE", path + "?_id=" + id, ""));
    for (String bundle : List.of("batch", "transaction")) {
      writes.add(bundle(bundle, "POST", type, empty));
      writes.add(bundle(bundle, "PUT", type + "/" + id, named));
      writes.add(bundle(bundle, "DELETE", type + "/" + id, ""));
    }
    for (String operation : OPERATIONS) {
      writes.add(new Write("POST", path + "/" + id + "/" + operation, LABEL));
    }
    return writes;
  }

  private static final String LABEL =
      "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\",\"valueMeta\":{\"security\":"
          + "[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-Confidentiality\",\"code\":\"R\"}]}}]}";

  private static Write patch(String path) {
    return new Write(
        "PATCH",
        path,
        "[{\"op\":\"remove\",\"path\":\"/meta/security\"}]",
        "Content-Type",
        "application/json-patch+json");
  }

  private static Write bundle(String type, String method, String url, String resource) {
    String what = resource.isEmpty() ? "" : "\"resource\":" + resource + ",";
    return new Write(
        "POST",
        "/fhir",
        "{\"resourceType\":\"Bundle\",\"type\":\""
            + type
            + "\",\"entry\":[{"
            + what
            + "\"request\":{\"method\":\""
            + method
            + "\",\"url\":\""
            + url
            + "\"}}]}");
  }

  @ParameterizedTest
  @MethodSource("types")
  void isRefusedToEveryoneWhoIsNotTheScheme(String type) {
    for (String role : List.of("sender", "partner", "analyst", "operator", "form")) {
      ApiClient client = Wexcombe.client("grasping-" + role);
      for (Write write : writes(type, NOTHING)) {
        Answer answer = write.by(client);

        assertThat(answer.status()).as(role + " " + write).isEqualTo(403);
        assertThat(answer.code()).as(role + " " + write).isEqualTo("SCOPE_MISSING");
      }
    }
  }

  @Test
  void isRefusedAlikeForWhatIsThereAndWhatIsNot() {
    String there = labelled().getIdElement().getIdPart();
    ApiClient client = Wexcombe.client("grasping-partner");
    List<Write> known = writes("Patient", there);
    List<Write> unknown = writes("Patient", NOTHING);

    for (int i = 0; i < known.size(); i++) {
      assertThat(known.get(i).by(client).body()).isEqualTo(unknown.get(i).by(client).body());
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void isNeverDeletingNorTouchingLabelsAlone(String type) {
    for (Write write : writes(type, NOTHING)) {
      boolean isNever =
          write.method().equals("DELETE") || OPERATIONS.stream().anyMatch(write.path()::endsWith);
      if (isNever) {
        assertThat(write.by(SCHEME).status()).as(write.toString()).isIn(403, 405);
      }
    }
  }

  @Test
  void leavesTheRecordOfDecisionsToTheProgram() {
    for (ApiClient client : List.of(SCHEME, Wexcombe.client("routes"))) {
      assertThat(
              new Write("POST", "/fhir/AuditEvent", "{\"resourceType\":\"AuditEvent\"}").by(client))
          .extracting(Answer::status)
          .isIn(400, 403);
      assertThat(
              bundle("transaction", "POST", "AuditEvent", "{\"resourceType\":\"AuditEvent\"}")
                  .by(client))
          .extracting(Answer::status)
          .isIn(400, 403);
    }
  }

  @Test
  void isForTheRoutesOnlyWhatTheirScopesSay() {
    ApiClient routes = Wexcombe.client("routes");
    Patient patient = labelled();
    String path = "/fhir/Patient/" + patient.getIdElement().getIdPart();

    assertThat(routes.send("PUT", path, text(patient)).status()).isEqualTo(403);
    assertThat(patch(path).by(routes).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"update", "patch", "batch", "transaction"})
  void leavesLabelsOnByWhicheverWay(String way) {
    Patient patient = labelled();
    String id = patient.getIdElement().getIdPart();
    patient.setMeta(new Meta());
    patient.getNameFirstRep().addGiven("Changed");

    Write write =
        switch (way) {
          case "update" -> new Write("PUT", "/fhir/Patient/" + id, text(patient));
          case "patch" -> patch("/fhir/Patient/" + id);
          default -> bundle(way, "PUT", "Patient/" + id, text(patient));
        };
    assertThat(write.by(SCHEME).status()).isEqualTo(200);

    Patient after = SCHEME.get("/fhir/Patient/" + id).resource(Patient.class);
    assertThat(after.getNameFirstRep().getGivenAsSingleString())
        .isEqualTo(way.equals("patch") ? "" : "Changed");
    assertThat(after.getMeta().getSecurity()).extracting(Coding::getCode).contains("R");
  }

  @Test
  void namesNoOperationThatItsRoleDoesNotHave() {
    Map<String, List<String>> others =
        Map.of(
            "$share-decision", List.of("sender", "partner", "analyst", "form"),
            "$viewdefinition-run", List.of("sender", "partner", "operator", "form"),
            "QuestionnaireResponse/$extract",
                List.of("sender", "partner", "analyst", "operator", "form"),
            "QuestionnaireResponse/$refer", List.of("sender", "partner", "analyst", "operator"));
    others.forEach(
        (operation, roles) ->
            roles.forEach(
                role ->
                    assertThat(
                            Wexcombe.client("grasping-" + role)
                                .send(
                                    "POST",
                                    "/fhir/" + operation,
                                    "{\"resourceType\":\"Parameters\"}")
                                .status())
                        .as(role + " " + operation)
                        .isEqualTo(403)));
  }

  /** Whoever can reach a web form can reach its key. */
  @ParameterizedTest
  @MethodSource("types")
  void letsAFormReadNothing(String type) {
    ApiClient form = Wexcombe.client("grasping-form");
    for (String path : List.of(type, type + "/" + NOTHING, type + "?_id=1", type + "/1/_history")) {
      Answer answer = form.get("/fhir/" + path);

      assertThat(answer.status()).as(path).isEqualTo(403);
      assertThat(answer.code()).as(path).isEqualTo("SCOPE_MISSING");
    }
  }

  private static Patient labelled() {
    Person person = Person.next();
    Patient patient = new Patient();
    patient.addName().setFamily(person.family());
    patient
        .addIdentifier()
        .setSystem("https://fingerpost.io/Id/local-patient/Z9S01")
        .setValue(person.nhsNumber());
    patient
        .getMeta()
        .addSecurity()
        .setSystem("http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
        .setCode("R");
    return SCHEME.create(patient);
  }

  private static String text(Patient patient) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(patient);
  }
}
