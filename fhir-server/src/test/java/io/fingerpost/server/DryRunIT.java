package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Senders' samples are tried by every channel, told about, and leave nothing behind. */
@OneServer
class DryRunIT {

  private static final String COUNCIL_ROWS =
      """
      reference,nhs_number,family_name,given_name,birth_date,need,consent
      DRY-1,%s,%s,%s,%s,no-such-need,yes
      DRY-2,,,,,,
      """;

  private final JdbcTemplate database;
  private final Person person = Person.next();

  @Autowired
  DryRunIT(JdbcTemplate database) {
    this.database = database;
  }

  @Test
  void tellsWhatWouldBecomeOfEachSendersMessageAndKeepsNothing() {
    Map<String, Long> before = rows();

    JsonNode hospital = tried("hospital", "a.hl7", Hl7.referral(Hl7.newControlId(), person));
    JsonNode surgery = tried("gp", "a.json", new GpMessage(Person.next()).text());
    JsonNode landlord = tried("landlord", "a.json", new HousingReferral(Person.next()).text());
    JsonNode form = tried("form", "a.json", new ReferralForm(Person.next()).text());
    JsonNode council =
        tried(
            "council",
            "a.csv",
            COUNCIL_ROWS.formatted(
                person.nhsNumber(), person.family(), person.given(), person.birthDate()));

    for (JsonNode one : List.of(hospital, surgery, landlord, form)) {
      assertThat(one.at("/messages/0/outcome").asText()).as("%s", one).isEqualTo("stored");
      assertThat(one.at("/messages/0/says/0").asText()).isEqualTo("Referral");
      assertThat(one.path("messages")).hasSize(1);
    }
    assertThat(hospital.path("channel").asText()).isEqualTo("hospital-hl7v2");
    assertThat(hospital.at("/messages/0/state").asText()).isEqualTo("active, received");
    assertThat(hospital.path("answer").asText()).contains("\nMSA|AA|");
    assertThat(landlord.path("answer").asText()).startsWith("HTTP 202\n");
    assertThat(council.at("/messages/0/outcome").asText()).as("%s", council).isEqualTo("stored");
    assertThat(council.at("/messages/0/unmapped/0/code").asText()).isEqualTo("no-such-need");
    assertThat(council.at("/messages/1/outcome").asText()).isEqualTo("refused");
    assertThat(council.path("answer").asText())
        .contains("\n2,DRY-1,accepted,", "\n3,DRY-2,refused,");

    assertThat(rows()).isEqualTo(before);
    assertThat(SCHEME.search(Patient.class, "identifier=" + person.identifier())).isEmpty();
    assertThat(OPERATOR.search(AuditEvent.class, "agent-name=operator"))
        .filteredOn(event -> event.getSubtypeFirstRep().getCode().equals("MESSAGE_TRIED"))
        .hasSizeGreaterThan(4);
  }

  @Test
  void tellsWhatHasToBeMended() {
    String wrong = Hl7.referral(Hl7.newControlId(), person.withWrongNumber());

    JsonNode tried = tried("hospital", "wrong.hl7", wrong);

    assertThat(tried.at("/messages/0/outcome").asText()).isEqualTo("refused");
    assertThat(tried.at("/messages/0/code").asText()).isEqualTo("NHS_NUMBER_INVALID");
    assertThat(tried.at("/messages/0/location").asText()).isEqualTo("PID-3");
    assertThat(tried.path("answer").asText()).contains("\nMSA|AE|");
    assertThat(tried.toString()).doesNotContain(person.family(), person.street());
  }

  /** The first anybody hears of a hospital may be its sample. */
  @Test
  void leavesTheWayFreeForTheRealThing() throws IOException {
    String order = order(Hl7.newControlId());
    assertThat(tried("new-hospital", "order.hl7", order).at("/messages/0/outcome").asText())
        .isEqualTo("stored");

    String answer = MllpConnection.answer(MLLP_PORT, order);

    assertThat(Hl7.code(answer)).as(answer).isEqualTo("AA");
    JsonNode again = tried("new-hospital", "order.hl7", order);
    assertThat(again.at("/messages/0/code").asText()).isEqualTo("REFERRAL_KNOWN");
  }

  @Test
  void saysWhomAMessageWouldBeInDoubtAbout() throws IOException {
    MllpConnection.answer(MLLP_PORT, Hl7.referral(Hl7.newControlId(), person));
    String other =
        Hl7.referral(Hl7.newControlId(), person)
            .replace(person.birthDate().replace("-", ""), "19010101")
            .replace(person.family(), "Otherwise")
            .replace(person.given(), "Somebody");

    JsonNode tried = tried("hospital", "other.hl7", other);

    assertThat(tried.at("/messages/0/outcome").asText()).as("%s", tried).isEqualTo("held");
    assertThat(tried.at("/messages/0/code").asText()).isEqualTo("PERSON_MISMATCH");
  }

  @Test
  void isForOperatorsAndForWhatCanBeTold() {
    String sample = Hl7.referral(Hl7.newControlId(), person);
    for (ApiClient other : List.of(SCHEME, Wexcombe.HOSPITAL, Wexcombe.ANALYST)) {
      assertThat(post(other, sample("hospital", "a.hl7", sample)).status()).isEqualTo(403);
    }
    assertThat(title(sample("nobody", "a.hl7", sample))).isEqualTo("SENDER_UNKNOWN");
    assertThat(title(sample("hospital", "a.doc", "Dear colleague"))).isEqualTo("CHANNEL_UNCLEAR");
    assertThat(title(sample("hospital", "a.hl7", sample).put("channel", "pigeon")))
        .isEqualTo("CHANNEL_UNCLEAR");
    assertThat(title(sample("hospital", "a.hl7", ""))).isEqualTo("BODY_MISSING");
    JsonNode others = tried("other-hospital", "a.hl7", sample);
    assertThat(others.at("/messages/0/code").asText()).isEqualTo("SENDER_UNKNOWN");
  }

  private static String order(String controlId) {
    Person one = Person.next();
    String referral = Hl7.referral("BERNARD", "Z9H04", controlId, one);
    String order =
        "ORC|NW|%1$s-%2$d^BERNARD||||||^^^^^R\r"
            + "OBR|1|%1$s-%2$d^BERNARD||LON^Lonely since bereavement^99SP\r";
    return referral
            .replace("REF^I12^REF_I12", "ORM^O01^ORM_O01")
            .replaceAll("\r(RF1|PRD)[^\r]*", "")
        + order.formatted(controlId, 1)
        + order.formatted(controlId, 2);
  }

  private static JsonNode tried(String sender, String name, String text) {
    Answer answer = post(OPERATOR, sample(sender, name, text));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    return answer.json();
  }

  private static String title(ObjectNode sample) {
    Answer answer = post(OPERATOR, sample);
    assertThat(answer.status()).isEqualTo(400);
    return answer.json().path("title").asText();
  }

  private static ObjectNode sample(String sender, String name, String text) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("sender", sender)
        .put("name", name)
        .put("body", Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
  }

  private static Answer post(ApiClient client, ObjectNode sample) {
    return client.send(
        "POST", "/console/api/dry-runs", sample.toString(), "Content-Type", "application/json");
  }

  /** Of every table that is not about who asked what. */
  private Map<String, Long> rows() {
    Map<String, Long> rows = new TreeMap<>();
    database
        .queryForList(
            """
            select table_schema || '.' || quote_ident(table_name) from information_schema.tables
            where table_schema in ('public', 'fingerpost') and table_type = 'BASE TABLE'
              and table_name not like 'audit%' and table_name <> 'client_assertion'
            """,
            String.class)
        .forEach(
            table ->
                rows.put(
                    table, database.queryForObject("select count(*) from " + table, Long.class)));
    return rows;
  }
}
