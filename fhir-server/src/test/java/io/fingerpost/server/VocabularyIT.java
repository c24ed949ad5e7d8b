package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.COUNCIL;
import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static io.fingerpost.server.Wexcombe.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fingerpost.server.ApiClient.Answer;
import io.fingerpost.terminology.SystemUrl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A partner with next to no scopes looks up what it has to conform to. */
@OneServer
class VocabularyIT {

  private static final String OURS = "https://fingerpost.io/";

  @Test
  void showsItsDefinitionsToEveryClient() {
    CodeSystem need = COUNCIL.get("/fhir/CodeSystem/need").resource(CodeSystem.class);
    assertThat(need.getConcept()).extracting(c -> c.getCode()).contains("loneliness");

    assertThat(
            COUNCIL
                .get(
                    "/fhir/StructureDefinition?url=" + OURS + "StructureDefinition/fingerpost-task")
                .entries(StructureDefinition.class))
        .extracting(found -> found.getIdElement().getIdPart())
        .containsExactly("fingerpost-task");
    assertThat(COUNCIL.get("/fhir/ValueSet?status=active").entries(ValueSet.class))
        .extracting(found -> found.getIdElement().getIdPart())
        .contains("need", "referral-source", "rejection-reason");
    assertThat(COUNCIL.get("/fhir/ConceptMap?name=NeedTo").entries(ConceptMap.class)).hasSize(1);
    assertThat(
            COUNCIL.get("/fhir/CodeSystem?url=https://example.org/none").entries(CodeSystem.class))
        .isEmpty();
  }

  @Test
  void showsThemToNobodyWithoutAToken() {
    for (String path :
        List.of("CodeSystem/need", "ValueSet/$expand?url=" + OURS + "ValueSet/need")) {
      Answer answer =
          ApiClient.send(
              HttpRequest.newBuilder(URI.create(SERVER + "/fhir/" + path)).GET().build());
      assertThat(answer.status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void letsNobodyChangeThem(String method) {
    String path = "/fhir/CodeSystem" + (method.equals("POST") ? "" : "/need");
    String body =
        method.equals("DELETE") ? "" : "{\"resourceType\":\"CodeSystem\",\"id\":\"need\"}";

    assertThat(COUNCIL.send(method, path, body).status()).isIn(400, 403, 404, 405);
    assertThat(SCHEME.send(method, path, body).status()).isIn(400, 403, 404, 405, 422);
    assertThat(COUNCIL.get("/fhir/CodeSystem/need").status()).isEqualTo(200);
  }

  @Test
  void expandsOursAndFhirsOwn() {
    assertThat(codes(expand("url=" + OURS + "ValueSet/attendance")))
        .containsExactlyInAnyOrder(
            "attended",
            "attended-late",
            "did-not-attend",
            "cancelled-by-person",
            "cancelled-by-service");
    assertThat(codes(expand("url=" + OURS + "ValueSet/referral-source")))
        .contains("185365002", "housing-officer");
    assertThat(codes(expand("url=http://hl7.org/fhir/ValueSet/task-status"))).contains("rejected");
    assertThat(
            codes(COUNCIL.get("/fhir/ValueSet/need/$expand?filter=HOUS").resource(ValueSet.class)))
        .containsExactly("housing");
  }

  @Test
  void givesAnExpansionPageByPage() {
    ValueSet all = expand("url=" + OURS + "ValueSet/need");
    ValueSet page = expand("url=" + OURS + "ValueSet/need&offset=2&count=3");

    assertThat(page.getExpansion().getTotal()).isEqualTo(14);
    assertThat(codes(page)).isEqualTo(codes(all).subList(2, 5));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      textBlock =
          """
          ValueSet/$validate-code?url=https://fingerpost.io/ValueSet/need&system=https://fingerpost.io/CodeSystem/need&code=money, true
          ValueSet/$validate-code?url=https://fingerpost.io/ValueSet/need&system=https://fingerpost.io/CodeSystem/need&code=gold, false
          ValueSet/need/$validate-code?system=https://fingerpost.io/CodeSystem/attendance&code=attended, false
          ValueSet/$validate-code?url=https://fingerpost.io/ValueSet/share-reason&system=https://fingerpost.io/CodeSystem/share-reason&code=EXPIRED, true
          CodeSystem/$validate-code?url=https://fingerpost.io/CodeSystem/need&code=food, true
          CodeSystem/need/$validate-code?code=drink, false
          CodeSystem/$validate-code?url=http://hl7.org/fhir/task-status&code=accepted, true
          CodeSystem/$validate-code?url=urn:ietf:bcp:47&code=en, true
          ConceptMap/$translate?url=https://fingerpost.io/ConceptMap/need-to-gravity&system=https://fingerpost.io/CodeSystem/need&code=food, true
          ConceptMap/need-to-gravity/$translate?system=https://fingerpost.io/CodeSystem/need&code=caring, false
          ConceptMap/$translate?system=https://fingerpost.io/CodeSystem/attendance&code=did-not-attend&targetsystem=http://hl7.org/fhir/appointmentstatus, true
          ConceptMap/$translate?system=http://snomed.info/sct&code=1, false
          """)
  void answersAboutACode(String question, boolean result) {
    Parameters answer = COUNCIL.get("/fhir/" + question).resource(Parameters.class);

    assertThat(answer.getParameterBool("result")).as(question).isEqualTo(result);
    assertThat(result || answer.hasParameter("message")).isTrue();
  }

  @Test
  void translatesToOneConceptWithTheMapItIsFrom() {
    Parameters answer =
        COUNCIL
            .get(
                "/fhir/ConceptMap/$translate?system=https://fingerpost.io/CodeSystem/rejection-reason&code=no-capacity")
            .resource(Parameters.class);

    Coding concept =
        (Coding)
            answer.getParameter("match").getPart().stream()
                .filter(part -> part.getName().equals("concept"))
                .findFirst()
                .orElseThrow()
                .getValue();
    assertThat(concept.getCode()).isEqualTo("22");
    assertThat(concept.getSystem())
        .isEqualTo("https://fhir.nhs.uk/CodeSystem/dos-rejected-reasons-bars");
  }

  @Test
  void takesQuestionsAsParameters() {
    String question =
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"coding\",\"valueCoding\":"
            + "{\"system\":\"https://fingerpost.io/CodeSystem/attendance\",\"code\":\"attended\"}}]}";

    Parameters answer =
        COUNCIL
            .send("POST", "/fhir/ConceptMap/attendance-to-encounter/$translate", question)
            .resource(Parameters.class);

    assertThat(answer.getParameterBool("result")).isTrue();
  }

  @Test
  void looksACodeUp() {
    Parameters answer =
        COUNCIL
            .get("/fhir/CodeSystem/$lookup?system=" + OURS + "CodeSystem/share-reason&code=NOT_YET")
            .resource(Parameters.class);

    assertThat(answer.getParameter("display").getValue()).hasToString("Not yet");
    assertThat(answer.hasParameter("definition")).isTrue();
  }

  @ParameterizedTest(name = "{0} is {1} {2}")
  @CsvSource(
      textBlock =
          """
          ValueSet/none,                                                     404, DEFINITION_UNKNOWN
          ValueSet/$expand,                                                  400, PARAMETER_MISSING
          ValueSet/$expand?url=https://example.org/none,                     404, DEFINITION_UNKNOWN
          ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/v3-ActCode&x=1,  400, PARAMETER_NOT_TAKEN
          ValueSet/need/$expand?count=-1,                                    400, PARAMETER_MISSING
          ValueSet/need/$expand?count=many,                                  400, REQUEST_INVALID
          ValueSet/$expand?url=http://terminology.hl7.org/ValueSet/v3-ActCode, 422, EXPANSION_TOO_LARGE
          ValueSet/need/$validate-code?code=money,                           400, PARAMETER_MISSING
          CodeSystem/$validate-code?url=http://snomed.info/sct&code=1,       404, DEFINITION_UNKNOWN
          CodeSystem/$lookup?system=https://fingerpost.io/CodeSystem/need&code=gold, 404, CODE_UNKNOWN
          CodeSystem/$lookup?code=gold,                                      400, PARAMETER_MISSING
          ConceptMap/$translate?url=https://example.org/none&system=a&code=b, 404, DEFINITION_UNKNOWN
          ConceptMap/$translate?system=a&code=b&reverse=true,                400, PARAMETER_NOT_TAKEN
          """)
  void saysWhatIsWrongWithAQuestion(String question, int status, String code) {
    Answer answer = COUNCIL.get("/fhir/" + question);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.body()).doesNotContain("gold").doesNotContain("example.org");
  }

  @Test
  void listsACodeNobodyMappedForOperatorsAndKeepsIt() throws IOException {
    Person person = Person.next();
    String referral =
        Hl7.referral(Hl7.newControlId(), person).replace("|19310217|F|", "|19310217|Q7|");
    assertThat(Hl7.code(MllpConnection.answer(MLLP_PORT, referral))).isEqualTo("AA");

    Patient patient =
        SCHEME
            .search(
                Patient.class,
                "identifier=" + SystemUrl.NHS_NUMBER.url() + "|" + person.nhsNumber())
            .get(0);
    assertThat(patient.getGender()).isEqualTo(AdministrativeGender.UNKNOWN);
    assertThat(((Coding) patient.getGenderElement().getExtensionFirstRep().getValue()).getCode())
        .isEqualTo("Q7");
    assertThat(SCHEME.get("/console/api/unmapped-codes").status()).isEqualTo(403);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> OPERATOR.get("/console/api/unmapped-codes").body().contains("\"Q7\""));
    for (JsonNode row : OPERATOR.get("/console/api/unmapped-codes").json()) {
      if (row.path("code").asText().equals("Q7")) {
        assertThat(row.path("map").asText()).isEqualTo("hl7v2-sex");
        assertThat(row.path("sender").asText()).isEqualTo("Z9H01");
        assertThat(row.path("count").asLong()).isEqualTo(1);
      }
    }
    assertThat(OPERATOR.get("/actuator/prometheus").body())
        .contains("fingerpost_codes_unmapped_total{map=\"hl7v2-sex\"}");
  }

  private static ValueSet expand(String question) {
    return COUNCIL.get("/fhir/ValueSet/$expand?" + question).resource(ValueSet.class);
  }

  private static List<String> codes(ValueSet expanded) {
    return expanded.getExpansion().getContains().stream()
        .map(ValueSetExpansionContainsComponent::getCode)
        .toList();
  }
}
