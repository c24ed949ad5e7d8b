package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.GP;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.server.ApiClient.Answer;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A GP system refers by FHIR message; the scheme reads what became of it. */
@OneServer
class GpMessageIT {

  private static final String REQUEST_ID = UUID.randomUUID().toString();
  private static final String CORRELATION_ID = UUID.randomUUID().toString();

  private final Person person = Person.next();
  private final GpMessage message = new GpMessage(person);

  @Test
  void storesTheReferralAndAnswersWithAResponseMessage() {
    Answer answer = post(message.text());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    Bundle response = answer.resource(Bundle.class);
    assertThat(response.getType()).isEqualTo(Bundle.BundleType.MESSAGE);
    MessageHeader header = answer.entries(MessageHeader.class).get(0);
    assertThat(header.getEventCoding().getCode()).isEqualTo("servicerequest-response");
    assertThat(header.getResponse().getIdentifier()).isEqualTo(message.id());
    assertThat(header.getResponse().getCode()).isEqualTo(MessageHeader.ResponseType.OK);
    String reference =
        "ServiceRequest/" + answer.entries(ServiceRequest.class).get(0).getIdElement().getIdPart();
    ServiceRequest stored = SCHEME.get("/fhir/" + reference).resource(ServiceRequest.class);
    assertThat(stored.getStatus()).isEqualTo(ServiceRequest.ServiceRequestStatus.ACTIVE);
    assertThat(SCHEME.search(Patient.class, "identifier=" + person.identifier()))
        .singleElement()
        .extracting(patient -> patient.getNameFirstRep().getFamily())
        .isEqualTo(person.family());
    assertThat(SCHEME.search(Task.class, "focus=" + reference)).hasSize(1);
    assertThat(SCHEME.search(Provenance.class, "target=" + reference)).hasSize(1);
    assertThat(SCHEME.search(Consent.class, "patient=" + stored.getSubject().getReference()))
        .hasSize(1);
  }

  @Test
  void mirrorsTheIdsOfTheRequestWhateverTheAnswer() {
    for (Answer answer : java.util.List.of(post(message.text()), post("{"), post("{}"))) {
      assertThat(answer.header("X-Request-Id")).isEqualTo(REQUEST_ID);
      assertThat(answer.header("X-Correlation-Id")).isEqualTo(CORRELATION_ID);
    }
  }

  @Test
  void saysThatAMessageSentAgainIsADuplicateAndStoresNothingNew() {
    assertThat(post(message.text()).status()).isEqualTo(200);

    Answer again = post(message.text());

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().at("/issue/0/code").asText()).isEqualTo("duplicate");
    assertThat(SCHEME.search(ServiceRequest.class, "patient.identifier=" + person.identifier()))
        .hasSize(1);
  }

  @Test
  void refusesAnotherMessageUnderAnIdAlreadyUsed() {
    assertThat(post(message.text()).status()).isEqualTo(200);
    message.resource("ServiceRequest").put("priority", "urgent");

    Answer another = post(message.text());

    assertThat(another.status()).isEqualTo(422);
    assertThat(another.code()).isEqualTo("MESSAGE_ID_REUSED");
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @MethodSource
  void answersEachFaultWithACodeOfItsOwn(
      String fault, int status, String code, Consumer<GpMessage> spoil) {
    spoil.accept(message);

    Answer answer = post(message.text());

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(answer.json().at("/issue/0/diagnostics").asText()).isNotBlank();
    assertThat(answer.body()).doesNotContain(person.family(), person.street());
    assertThat(SCHEME.search(Patient.class, "identifier=" + person.identifier())).isEmpty();
  }

  static Stream<Arguments> answersEachFaultWithACodeOfItsOwn() {
    return Stream.of(
        fault("unknown event", 400, "EVENT_UNKNOWN", GpMessageIT::bookAnAppointment),
        fault("not a message", 400, "MESSAGE_MALFORMED", it -> it.bundle().put("type", "batch")),
        fault("no consent", 422, "CONSENT_MISSING", it -> it.without("Consent")),
        fault("dangling reference", 422, "REFERENCE_DANGLING", GpMessageIT::leadNowhere),
        fault("wrong check digit", 422, "NHS_NUMBER_INVALID", GpMessageIT::miscopyTheNumber),
        fault("no number", 422, "PERSON_UNIDENTIFIED", it -> patient(it).remove("identifier")),
        fault("someone else's", 403, "SENDER_MISMATCH", GpMessageIT::claimAnotherSender),
        fault("no header", 400, "HEADER_MISSING", it -> it.without("MessageHeader")),
        fault("unknown element", 400, "MESSAGE_MALFORMED", it -> patient(it).put("shoeSize", 9)));
  }

  @Test
  void asksForTheHeadersThatAreMissing() {
    Answer answer = GP.send("POST", "/fhir/$process-message", message.text());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("HEADER_MISSING");
  }

  @Test
  void takesNoOtherContentType() {
    Answer answer =
        GP.send(
            "POST",
            "/fhir/$process-message",
            message.text(),
            "Content-Type",
            "text/plain",
            "X-Request-Id",
            REQUEST_ID,
            "X-Correlation-Id",
            CORRELATION_ID);

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo("TYPE_UNSUPPORTED");
  }

  @Test
  void refusesAMessageThatIsTooLargeAndGoesOnServing() {
    patient(message).put("shoeSize", "9".repeat(3_000_000));

    assertThat(post(message.text()).status()).isEqualTo(413);
    assertThat(post(new GpMessage(person).text()).status()).isEqualTo(200);
  }

  private static Arguments fault(String fault, int status, String code, Consumer<GpMessage> spoil) {
    return Arguments.of(fault, status, code, spoil);
  }

  private static void bookAnAppointment(GpMessage message) {
    message.resource("MessageHeader").withObject("/eventCoding").put("code", "booking-request");
  }

  private static void leadNowhere(GpMessage message) {
    message
        .resource("ServiceRequest")
        .withObject("/encounter")
        .put("reference", "urn:uuid:" + UUID.randomUUID());
  }

  private static void miscopyTheNumber(GpMessage message) {
    ObjectNode identifier = (ObjectNode) patient(message).at("/identifier/0");
    String right = identifier.path("value").asText();
    int check = right.charAt(9) - '0';
    identifier.put("value", right.substring(0, 9) + (check + 1) % 10);
  }

  private static void claimAnotherSender(GpMessage message) {
    ObjectNode identifier = (ObjectNode) message.resource("Organization").at("/identifier/0");
    identifier.put("value", "Z91002");
  }

  private static ObjectNode patient(GpMessage message) {
    return message.resource("Patient");
  }

  private static Answer post(String body) {
    return GP.send(
        "POST",
        "/fhir/$process-message",
        body,
        "X-Request-Id",
        REQUEST_ID,
        "X-Correlation-Id",
        CORRELATION_ID);
  }
}
