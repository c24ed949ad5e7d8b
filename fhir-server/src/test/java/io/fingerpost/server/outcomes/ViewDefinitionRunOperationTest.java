package io.fingerpost.server.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import io.fingerpost.terminology.SystemUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletConfig;

class ViewDefinitionRunOperationTest {
  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final ViewRunner RUNNER = new ViewRunner(FHIR);
  private static final String UNTOLD = "Zebedee";

  private final Access access = new Access();
  private final RestfulServer server = new RestfulServer(FHIR);
  private OutcomeSource source =
      type -> List.<IBaseResource>of(MadeUp.referral("1", "17")).iterator();

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    OutcomeSettings settings = new OutcomeSettings(directory.resolve("pseudonym.key"), false);
    OutcomeTables tables = new OutcomeTables(RUNNER, settings, type -> source.all(type));
    server.registerProvider(new ViewDefinitionRunOperation(tables, access));
    server.init(new MockServletConfig());
  }

  @Test
  void givesATableAsCsv() throws Exception {
    MockHttpServletResponse response = get("view", "referral", "_format", "csv");
    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentType()).isEqualTo("text/csv;charset=utf-8");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(response.getContentAsString()).startsWith("person_key,").hasLineCount(2);
  }

  @Test
  void recordsWhatWasTaken() throws Exception {
    get("view", "referral");
    assertThat(access.recorded).containsExactly("referral Extract[rows=1, withheld=0]");
  }

  @Test
  void givesNothingToWhoeverMayNotTakeIt() throws Exception {
    access.permitted = false;
    MockHttpServletResponse response = get("view", "referral");
    assertThat(response.getStatus()).isEqualTo(403);
    assertThat(refusal(response, IssueType.FORBIDDEN)).contains("data teams");
    assertThat(access.recorded).isEmpty();
  }

  @Test
  void givesATableAsNdjsonToAPost() throws Exception {
    Parameters asked = new Parameters();
    asked.addParameter("view", new StringType("referral"));
    asked.addParameter("_format", new CodeType("application/x-ndjson"));
    MockHttpServletResponse response = post(asked);
    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentAsString()).startsWith("{\"person_key\":").hasLineCount(1);
  }

  @Test
  void saysWhichTablesThereAreWhenAskedForAnother() throws Exception {
    MockHttpServletResponse response = get("view", UNTOLD);
    assertThat(response.getStatus()).isEqualTo(404);
    assertThat(refusal(response, IssueType.NOTFOUND)).contains("referral, wellbeing_score");
  }

  @Test
  void refusesAFormatItDoesNotWrite() throws Exception {
    MockHttpServletResponse response = get("view", "referral", "_format", UNTOLD);
    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(refusal(response, IssueType.VALUE)).contains("csv or ndjson");
  }

  @Test
  void refusesToRunWithoutAName() throws Exception {
    assertThat(refusal(get(), IssueType.REQUIRED)).contains("referral");
  }

  @Test
  void refusesViewDefinitionsOfTheCallers() throws Exception {
    Parameters asked = new Parameters();
    asked.addParameter("view", new StringType("referral"));
    asked.addParameter().setName("viewResource").setResource(new Patient());
    assertThat(refusal(post(asked), IssueType.NOTSUPPORTED)).contains("ViewDefinitions");

    asked = new Parameters();
    asked.addParameter("viewReference", new Reference("ViewDefinition/" + UNTOLD));
    assertThat(refusal(post(asked), IssueType.NOTSUPPORTED)).isNotEmpty();
  }

  @Test
  void refusesFiltersRatherThanIgnoringThem() throws Exception {
    MockHttpServletResponse response = get("view", "referral", "patient", "Patient/" + UNTOLD);
    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(refusal(response, IssueType.NOTSUPPORTED)).contains("'view' and '_format'");
  }

  @Test
  void givesNothingOfATableThatBreaksOff() throws Exception {
    source =
        type -> {
          throw new IllegalStateException("the database went away");
        };
    MockHttpServletResponse response = get("view", "referral");
    assertThat(response.getStatus()).isEqualTo(500);
    assertThat(response.getContentAsString()).doesNotContain("person_key");
  }

  private static String refusal(MockHttpServletResponse response, IssueType type)
      throws IOException {
    String body = response.getContentAsString();
    assertThat(body).doesNotContain(UNTOLD);
    OperationOutcome outcome = FHIR.newJsonParser().parseResource(OperationOutcome.class, body);
    assertThat(outcome.getIssueFirstRep().getCode()).isEqualTo(type);
    Coding code = outcome.getIssueFirstRep().getDetails().getCodingFirstRep();
    assertThat(code.getSystem()).isEqualTo(SystemUrl.REFUSAL.url());
    return outcome.getIssueFirstRep().getDiagnostics();
  }

  private MockHttpServletResponse get(String... parameters) throws Exception {
    MockHttpServletRequest request = request("GET");
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < parameters.length; i += 2) {
      request.addParameter(parameters[i], parameters[i + 1]);
      query.append('&').append(parameters[i]).append('=').append(parameters[i + 1]);
    }
    request.setQueryString(query.toString());
    return answer(request);
  }

  private MockHttpServletResponse post(Parameters body) throws Exception {
    MockHttpServletRequest request = request("POST");
    request.setContentType("application/fhir+json");
    request.setContent(FHIR.newJsonParser().encodeResourceToString(body).getBytes());
    return answer(request);
  }

  private static MockHttpServletRequest request(String method) {
    MockHttpServletRequest request =
        new MockHttpServletRequest(method, "/fhir/$viewdefinition-run");
    request.setServletPath("/fhir");
    request.setPathInfo("/$viewdefinition-run");
    return request;
  }

  private MockHttpServletResponse answer(MockHttpServletRequest request) throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    server.service(request, response);
    return response;
  }

  private static final class Access implements ExtractAccess {
    private final List<String> recorded = new ArrayList<>();
    private boolean permitted = true;

    @Override
    public boolean permits(RequestDetails request) {
      return permitted;
    }

    @Override
    public SecondaryUse secondaryUse(RequestDetails request) {
      return person -> true;
    }

    @Override
    public void record(RequestDetails request, String table, Extract extract) {
      recorded.add(table + " " + extract);
    }
  }
}
