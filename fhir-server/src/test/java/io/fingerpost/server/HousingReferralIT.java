package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.COUNCIL;
import static io.fingerpost.server.Wexcombe.GP;
import static io.fingerpost.server.Wexcombe.LANDLORD;
import static io.fingerpost.server.Wexcombe.OTHER_LANDLORD;
import static io.fingerpost.server.Wexcombe.PRYING;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static io.fingerpost.server.Wexcombe.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fingerpost.server.ApiClient.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A landlord refers by JSON, and reads back how its own referrals stand and nothing else. */
@OneServer
class HousingReferralIT {

  private static final String REFERRALS = "/housing/referrals";
  private static final List<String> OPEN =
      List.of("/housing/housing-referral.schema.json", "/housing/housing-referral.openapi.yaml");

  private final Person person = Person.next();
  private final HousingReferral referral = new HousingReferral(person);
  private final String key = UUID.randomUUID().toString();

  @Test
  void storesTheReferralAndTellsHowItStandsUntilItIsDone() {
    Answer answer = post(LANDLORD, key, referral.text());

    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    String reference = answer.json().path("reference").asText();
    assertThat(answer.header("Location")).isEqualTo(REFERRALS + "/" + reference);
    assertThat(answer.header("X-Correlation-Id")).isNotEmpty();
    ServiceRequest stored = stored("Z9L01/" + key);
    assertThat(stored.getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
    String about = "ServiceRequest/" + stored.getIdElement().getIdPart();
    Patient patient = SCHEME.search(Patient.class, "identifier=" + person.identifier()).get(0);
    assertThat(patient.getNameFirstRep().getFamily()).isEqualTo(person.family());
    assertThat(SCHEME.search(Provenance.class, "target=" + about)).hasSize(1);
    assertThat(SCHEME.search(Consent.class, "patient=" + stored.getSubject().getReference()))
        .hasSize(1);
    assertThat(standing(LANDLORD, reference)).isEqualTo("200 requested received");

    Task task = SCHEME.search(Task.class, "focus=" + about).get(0);
    SCHEME.update(task.setStatus(TaskStatus.ACCEPTED));

    assertThat(standing(LANDLORD, reference)).isEqualTo("200 accepted accepted");
    assertThat(LANDLORD.get(REFERRALS + "/" + reference).json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("reference", "status", "state");
  }

  @Test
  void leavesOnRecordThatTheLandlordAskedHowItStands() {
    String reference = post(LANDLORD, key, referral.text()).json().path("reference").asText();
    Task task = SCHEME.search(Task.class, "focus=" + referenceOf("Z9L01/" + key)).get(0);

    assertThat(standing(LANDLORD, reference)).isEqualTo("200 requested received");

    String about = "patient=" + task.getFor().getReference();
    assertThat(Wexcombe.OPERATOR.search(AuditEvent.class, about))
        .anySatisfy(
            event -> {
              assertThat(event.getAgentFirstRep().getWho().getIdentifier().getValue())
                  .isEqualTo("Z9L01");
              assertThat(event.getEntity())
                  .anyMatch(it -> Records.referenceTo(task).equals(it.getWhat().getReference()));
            });
  }

  @Test
  void holdsAReferralNobodyWasAskedAbout() {
    Answer answer = post(LANDLORD, key, referral.without("consent").text());

    assertThat(answer.status()).isEqualTo(202);
    assertThat(stored("Z9L01/" + key).getStatus()).isEqualTo(ServiceRequestStatus.ONHOLD);
    assertThat(standing(LANDLORD, answer.json().path("reference").asText()))
        .isEqualTo("200 requested held-for-consent");
  }

  @Test
  void knowsAPersonWithoutNhsNumberByTheLandlordsOwnNumberAlone() {
    referral.person().remove("nhsNumber");
    String own = "https://fingerpost.io/Id/local-patient/Z9L01|P-" + person.nhsNumber();
    for (ApiClient landlord : List.of(LANDLORD, LANDLORD, OTHER_LANDLORD)) {
      assertThat(post(landlord, UUID.randomUUID().toString(), referral.text()).status())
          .isEqualTo(202);
    }

    assertThat(SCHEME.search(Patient.class, "identifier=" + own)).hasSize(1);
    assertThat(SCHEME.search(Patient.class, "family:exact=" + person.family())).hasSize(2);
  }

  @Test
  void givesTheSameAgainItsFirstAnswerWithAKeyAndWithout() {
    Answer first = post(LANDLORD, key, referral.text());
    assertThat(first.status()).isEqualTo(202);

    assertThat(post(LANDLORD, "\"" + key + "\"", referral.text()).body()).isEqualTo(first.body());
    String other = new HousingReferral(Person.next()).text();
    assertThat(LANDLORD.send("POST", REFERRALS, other, "Content-Type", "application/json").body())
        .isEqualTo(
            LANDLORD.send("POST", REFERRALS, other, "Content-Type", "application/json").body());
    assertThat(SCHEME.search(ServiceRequest.class, "patient.identifier=" + person.identifier()))
        .hasSize(1);
  }

  @Test
  void refusesAnotherReferralUnderAKeyAlreadyUsed() {
    assertThat(post(LANDLORD, key, referral.text()).status()).isEqualTo(202);
    referral.root().put("priority", "urgent");

    Answer answer = post(LANDLORD, key, referral.text());

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("code").asText()).isEqualTo("MESSAGE_ID_REUSED");
  }

  @Test
  void listsEveryFaultAtOnceAndTheSameWhenItComesAgain() {
    referral.person().put("birthDate", "1931-02-30").put("shoe", person.family());
    referral.root().putArray("reasons");

    Answer answer = post(LANDLORD, key, referral.text());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(pointers(answer))
        .containsExactlyInAnyOrder("/person", "/person/birthDate", "/reasons");
    assertThat(answer.body()).doesNotContain(person.family(), person.nhsNumber(), "shoe");
    assertThat(post(LANDLORD, key, referral.text()).body()).isEqualTo(answer.body());
    assertThat(SCHEME.search(Patient.class, "identifier=" + person.identifier())).isEmpty();
  }

  /** Whose it is cannot be told from the answer, nor whether it is anybody's. */
  @Test
  void answersByteForByteAlikeForWhatIsAnothersAndWhatIsNot() {
    String reference = post(LANDLORD, key, referral.text()).json().path("reference").asText();
    String unknown = UUID.randomUUID().toString();

    Answer anothers = OTHER_LANDLORD.get(REFERRALS + "/" + reference);
    assertThat(anothers.status()).isEqualTo(404);
    for (String nobodys : List.of(unknown, "x", "%27%20or%201=1", "..%2f..")) {
      Answer answer = OTHER_LANDLORD.get(REFERRALS + "/" + nobodys);
      if (answer.status() != 400) { // what is no address at all is refused by the connector
        assertThat(answer.status()).as(nobodys).isEqualTo(404);
        assertThat(answer.body()).as(nobodys).isEqualTo(anothers.body());
        assertThat(names(answer)).as(nobodys).isEqualTo(names(anothers));
      }
    }
    assertThat(OTHER_LANDLORD.get(REFERRALS + "/" + unknown).body()).isEqualTo(anothers.body());
    assertThat(anothers.body()).doesNotContain(reference);
  }

  @Test
  void tellsTheSenderNothingOfWhetherThePersonWasKnown() {
    Answer first = post(LANDLORD, key, referral.text());
    Answer later = post(OTHER_LANDLORD, key, new HousingReferral(person).text());

    assertThat(later.status()).isEqualTo(first.status());
    assertThat(later.json().size()).isEqualTo(first.json().size());
    assertThat(names(later)).isEqualTo(names(first));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "GET"})
  void isForThoseAloneWhoseScopesAndRolesAllowIt(String method) {
    String path = method.equals("POST") ? REFERRALS : REFERRALS + "/" + UUID.randomUUID();
    for (ApiClient client : List.of(GP, COUNCIL, PRYING, Wexcombe.client("grasping-partner"))) {
      Answer answer =
          client.send(method, path, referral.text(), "Content-Type", "application/json");

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.json().path("code").asText()).isEqualTo("SCOPE_MISSING");
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
    Answer stranger =
        ApiClient.send(
            HttpRequest.newBuilder(URI.create(SERVER + path))
                .method(method, BodyPublishers.ofString("{}"))
                .build());
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.json().path("code").asText()).isEqualTo("TOKEN_NEEDED");
  }

  @Test
  void takesNothingTooLargeCompressedOrOfAnotherType() {
    String large = referral.text() + " ".repeat(200_000);
    assertThat(post(LANDLORD, key, large).status()).isEqualTo(413);
    assertThat(
            LANDLORD
                .send("POST", REFERRALS, referral.text(), "Content-Type", "text/plain")
                .status())
        .isEqualTo(415);
    Answer squeezed =
        LANDLORD.send(
            "POST",
            REFERRALS,
            referral.text(),
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "gzip");
    assertThat(squeezed.status()).isEqualTo(415);
    assertThat(squeezed.header("Content-Type")).startsWith("application/problem+json");
    assertThat(post(LANDLORD, key, referral.text()).status()).isEqualTo(202);
  }

  @Test
  void showsEveryoneWhatToSend() {
    for (String path : OPEN) {
      Answer answer = ApiClient.send(HttpRequest.newBuilder(URI.create(SERVER + path)).build());

      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.body()).contains("referral");
    }
  }

  private static Answer post(ApiClient client, String key, String body) {
    return client.send(
        "POST", REFERRALS, body, "Content-Type", "application/json", "Idempotency-Key", key);
  }

  private static String standing(ApiClient client, String reference) {
    Answer answer = client.get(REFERRALS + "/" + reference);
    JsonNode json = answer.json();
    return "%d %s %s"
        .formatted(answer.status(), json.path("status").asText(), json.path("state").asText());
  }

  private static ServiceRequest stored(String message) {
    return SCHEME
        .search(ServiceRequest.class, "identifier=https://fingerpost.io/Id/message|" + message)
        .get(0);
  }

  private static String referenceOf(String message) {
    return Records.referenceTo(stored(message));
  }

  private static List<String> pointers(Answer answer) {
    return StreamSupport.stream(answer.json().path("errors").spliterator(), false)
        .map(error -> error.path("pointer").asText())
        .toList();
  }

  private static List<String> names(Answer answer) {
    // Whether a connection is kept is Tomcat's to count, whatever was asked on it.
    return answer.headers().map().keySet().stream()
        .filter(name -> !name.equals("connection"))
        .sorted()
        .toList();
  }
}
