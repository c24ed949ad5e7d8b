package io.fingerpost.routes.inbound.gp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.partners.PartnerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletConfig;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.unit.DataSize;

/** The operation inside a real FHIR server, with a spine that answers as it is told. */
class GpMessageOperationTest {

  private static final String REQUEST_ID = "0b0f9a6e-4a39-4a57-8d5c-52b6d3f2a001";
  private static final String CORRELATION_ID = "0b0f9a6e-4a39-4a57-8d5c-52b6d3f2a002";
  private static final UUID RECEIPT = UUID.fromString("0b0f9a6e-4a39-4a57-8d5c-52b6d3f2a003");
  private static final Instant AT = Instant.parse("2026-03-02T10:15:03Z");
  private static final FhirContext R4 = FhirContext.forR4Cached();

  private final List<String> kept = new ArrayList<>();
  private Outcome outcome = new Outcome.Stored("ServiceRequest/42");
  private boolean repeated;
  private RestfulServer server = new RestfulServer(R4);

  private final Intake spine =
      new Intake() {
        @Override
        public Receipt receive(String sender, String messageId, byte[] body) {
          kept.add(sender + " " + messageId);
          return new Receipt(RECEIPT, AT, repeated, outcome);
        }

        @Override
        public Receipt refuse(
            String sender, String messageId, byte[] body, MessageRefused refusal) {
          kept.add(sender + " " + messageId);
          return new Receipt(RECEIPT, AT, false, new Outcome.Refused(refusal.refusal()));
        }
      };

  @BeforeEach
  void startsTheServer() throws Exception {
    serve(spine);
  }

  private void serve(Intake intake) throws Exception {
    Partner surgery = Partner.of("demo-gp", "Z91001", "Bramley Surgery", Partner.Kind.GP).build();
    PartnerRegistry partners =
        new PartnerRegistry(new PartnerSettings(GpMessages.SCHEME, List.of(surgery)));
    GpSettings settings =
        new GpSettings(
            DataSize.ofKilobytes(64),
            new GpSettings.AttachmentLimits(5, DataSize.ofKilobytes(64)),
            Duration.ofSeconds(30));
    server = new RestfulServer(R4);
    server.registerProvider(new GpMessageOperation(intake, partners, settings));
    server.init(new MockServletConfig());
    signIn("demo-gp");
  }

  private static void signIn(String client) {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken(client, "none"));
  }

  @AfterEach
  void signsOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void answersAStoredReferralWithAResponseMessage() throws Exception {
    MockHttpServletResponse response = post(GpMessages.referral());
    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getHeader("X-Request-Id")).isEqualTo(REQUEST_ID);
    assertThat(response.getHeader("X-Correlation-Id")).isEqualTo(CORRELATION_ID);
    assertThat(kept).containsExactly("Z91001 urn:uuid:6f1c2f9e-2f63-4a52-9f0e-7d2a4f1f0a01");
    Bundle answer =
        R4.newJsonParser().parseResource(Bundle.class, response.getContentAsString(UTF_8));
    assertThat(answer.getIdElement().getIdPart()).isEqualTo(RECEIPT.toString());
    MessageHeader header = (MessageHeader) answer.getEntryFirstRep().getResource();
    assertThat(header.getEventCoding().getCode()).isEqualTo("servicerequest-response");
    assertThat(header.getResponse().getIdentifier())
        .isEqualTo("6f1c2f9e-2f63-4a52-9f0e-7d2a4f1f0a01");
    assertThat(header.getResponse().getCode().toCode()).isEqualTo("ok");
    assertThat(header.getDestinationFirstRep().getEndpoint())
        .isEqualTo("https://fhir.nhs.uk/Id/dos-service-id|2000011111");
    ServiceRequest request =
        (ServiceRequest) answer.getEntry().get(answer.getEntry().size() - 1).getResource();
    assertThat(request.getIdElement().getIdPart()).isEqualTo("42");
    assertThat(request.getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
    assertThat(request.getIdentifierFirstRep().getValue()).isEqualTo("REF-2041");
    assertThat(post(GpMessages.referral()).getContentAsString(UTF_8))
        .isEqualTo(response.getContentAsString(UTF_8));
  }

  @Test
  void answersInXmlWhenAsked() throws Exception {
    MockHttpServletRequest request =
        request(GpMessages.received("referral-sent-as-xml/received.xml"));
    request.setContentType("application/fhir+xml");
    request.removeHeader("Accept");
    request.addHeader("Accept", "application/fhir+xml");
    MockHttpServletResponse response = answer(request);
    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentType()).startsWith("application/fhir+xml");
    assertThat(response.getContentAsString(UTF_8)).startsWith("<Bundle");
  }

  @Test
  void saysThatAReferralOfRefusedConsentIsHeld() throws Exception {
    byte[] held = GpMessages.received("referral-with-rejected-consent-is-held/received.json");
    assertThat(post(held).getContentAsString(UTF_8)).contains("\"on-hold\"");
  }

  @Test
  void answersDuplicateWhenItWasStoredBefore() throws Exception {
    repeated = true;
    OperationOutcomeIssueComponent issue = issue(post(GpMessages.referral()), 409);
    assertThat(issue.getCode()).isEqualTo(IssueType.DUPLICATE);
    assertThat(issue.getDetails().getCodingFirstRep().getCode()).isEqualTo("REC_CONFLICT");
  }

  @Test
  void answersARefusalWithItsCodePlaceAndRemedy() throws Exception {
    outcome =
        new Outcome.Refused(
            new MessageRefused(Code.REFERENCE_DANGLING, "Bundle.a, Bundle.b", "Send it.")
                .refusal());
    OperationOutcomeIssueComponent issue = issue(post(GpMessages.referral()), 422);
    assertThat(issue.getDetails().getCoding())
        .extracting(coding -> coding.getCode())
        .containsExactly("REC_UNPROCESSABLE_ENTITY", "REFERENCE_DANGLING");
    assertThat(issue.getExpression())
        .extracting(expression -> expression.getValue())
        .containsExactly("Bundle.a", "Bundle.b");
    assertThat(issue.getDiagnostics()).isEqualTo("Send it.");
  }

  @Test
  void putsTheSenderOffWhenTheFaultIsOurs() throws Exception {
    outcome = new Outcome.Failed();
    MockHttpServletResponse response = post(GpMessages.referral());
    assertThat(issue(response, 503).getCode()).isEqualTo(IssueType.TRANSIENT);
    assertThat(response.getHeader("Retry-After")).isEqualTo("30");
  }

  @Test
  void putsTheSenderOffWhenTheMessageCannotBeKept() throws Exception {
    serve(
        new Intake() {
          @Override
          public Receipt receive(String sender, String messageId, byte[] body) {
            throw new IllegalStateException("the database is down");
          }

          @Override
          public Receipt refuse(
              String sender, String messageId, byte[] body, MessageRefused refusal) {
            throw new IllegalStateException("the database is down");
          }
        });
    MockHttpServletResponse response = post(GpMessages.referral());
    assertThat(issue(response, 503).getDiagnostics()).doesNotContain("database");
  }

  @Test
  void keepsAnUnreadableMessageUnderItsHash() throws Exception {
    issue(post("{\"resourceType\":".getBytes(UTF_8)), 400);
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0)).matches("Z91001 sha256:[0-9a-f]{64}");
    issue(post("{\"resourceType\":\"Bundle\",\"type\":\"message\"}".getBytes(UTF_8)), 422);
    assertThat(kept).hasSize(2);
  }

  @Test
  void takesTheBundlesIdWhereItHasNoIdentifier() throws Exception {
    outcome = new Outcome.Failed();
    post(
        "{\"resourceType\":\"Bundle\",\"id\":\"b-1\",\"entry\":[{\"resource\":{\"id\":\"x\"}}]}"
            .getBytes(UTF_8));
    post("<Bundle xmlns=\"http://hl7.org/fhir\"><id value=\"b-2\"/></Bundle>".getBytes(UTF_8));
    assertThat(kept).containsExactly("Z91001 b-1", "Z91001 b-2");
  }

  @Test
  void refusesWithoutTheTwoIds() throws Exception {
    MockHttpServletRequest request = request(GpMessages.referral());
    request.removeHeader("X-Correlation-Id");
    MockHttpServletResponse response = answer(request);
    OperationOutcomeIssueComponent issue = issue(response, 400);
    assertThat(issue.getDetails().getCoding())
        .extracting(coding -> coding.getCode())
        .containsExactly("REC_BAD_REQUEST", "HEADER_MISSING");
    assertThat(issue.getLocation().get(0).getValue()).isEqualTo("http.X-Correlation-Id");
    assertThat(response.getHeader("X-Request-Id")).isEqualTo(REQUEST_ID);
    assertThat(kept).isEmpty();
    request = request(GpMessages.referral());
    request.removeHeader("X-Request-Id");
    request.addHeader("X-Request-Id", "anything");
    response = answer(request);
    issue(response, 400);
    assertThat(response.getHeader("X-Request-Id")).isNull();
  }

  @Test
  void refusesAClientNobodyRegistered() throws Exception {
    signIn("stranger");
    issue(post(GpMessages.referral()), 403);
    SecurityContextHolder.clearContext();
    issue(post(GpMessages.referral()), 403);
    assertThat(kept).isEmpty();
  }

  @Test
  void refusesOtherContentTypesAndCharsets() throws Exception {
    for (String type :
        List.of("text/plain", "nonsense", "application/fhir+json;charset=iso-8859-1")) {
      MockHttpServletRequest request = request(GpMessages.referral());
      request.setContentType(type);
      issue(answer(request), 415);
    }
    MockHttpServletRequest compressed = request(GpMessages.referral());
    compressed.addHeader("Content-Encoding", "gzip");
    issue(answer(compressed), 415);
  }

  @Test
  void refusesAMessageAboveTheLimit() throws Exception {
    assertThat(issue(post(new byte[64 * 1024 + 1]), 413).getCode()).isEqualTo(IssueType.TOOLONG);
    assertThat(kept).isEmpty();
  }

  @Test
  void hasAnAnswerForEveryCodeAndDuplicateForNone() {
    for (Code code : Code.values()) {
      GpAnswers.Answer answer = GpAnswers.refused(new MessageRefused(code, "a", "b").refusal());
      assertThat(answer.status()).as(code.name()).isBetween(400, 422).isNotEqualTo(409);
      assertThat(((OperationOutcome) answer.body()).getIssueFirstRep().getCode())
          .isNotEqualTo(IssueType.DUPLICATE);
    }
  }

  private static OperationOutcomeIssueComponent issue(MockHttpServletResponse response, int status)
      throws Exception {
    assertThat(response.getStatus()).isEqualTo(status);
    return R4.newJsonParser()
        .parseResource(OperationOutcome.class, response.getContentAsString(UTF_8))
        .getIssueFirstRep();
  }

  private MockHttpServletResponse post(byte[] body) throws Exception {
    return answer(request(body));
  }

  private static MockHttpServletRequest request(byte[] body) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/fhir/$process-message");
    request.setContextPath("");
    request.setServletPath("/fhir");
    request.setPathInfo("/$process-message");
    request.setContentType("application/fhir+json");
    request.addHeader("Accept", "application/fhir+json");
    request.addHeader("X-Request-Id", REQUEST_ID);
    request.addHeader("X-Correlation-Id", CORRELATION_ID);
    request.setContent(body);
    return request;
  }

  private MockHttpServletResponse answer(MockHttpServletRequest request) throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    server.service(request, response);
    return response;
  }
}
