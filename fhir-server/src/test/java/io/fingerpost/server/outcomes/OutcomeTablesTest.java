package io.fingerpost.server.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fingerpost.terminology.SystemUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTablesTest {
  private static final ViewRunner RUNNER = new ViewRunner(FhirContext.forR4Cached());
  private static final SecondaryUse ANYONE = person -> true;

  private final Path directory;

  OutcomeTablesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void writesARowForEachReferral() throws IOException {
    String csv = csv("referral", MadeUp.referral("1", "17"));
    String[] lines = csv.split("\r\n");
    assertThat(lines).hasSize(2);
    assertThat(lines[0])
        .isEqualTo(
            "person_key,requester_organisation,source_code,reason_system,reason_code,"
                + "further_reason_codes,referral_key,service_system,service_code,intent,priority,"
                + "authored_on,status");
    assertThat(lines[1])
        .matches(
            "[0-9a-f]{32},Z91001,1991000124105,https://fingerpost.io/CodeSystem/need,loneliness,"
                + "money;housing,[0-9a-f]{32},http://snomed.info/sct,871731000000106,order,routine,"
                + "2026-06-02,active");
  }

  @Test
  void writesARowForEachScoreOfAQuestionnaire() throws IOException {
    Observation bloodPressure = MadeUp.score("3", "17", 120);
    bloodPressure.getCategoryFirstRep().getCodingFirstRep().setCode("vital-signs");
    Observation withdrawn = MadeUp.score("4", "17", 20);
    withdrawn.setStatus(Observation.ObservationStatus.ENTEREDINERROR);

    List<JsonNode> rows =
        rows("wellbeing_score", MadeUp.score("2", "17", 23.21), bloodPressure, withdrawn);

    assertThat(rows).hasSize(1);
    JsonNode row = rows.get(0);
    assertThat(row.get("value").decimalValue()).isEqualByComparingTo("23.21");
    assertThat(row.get("measure_code").textValue()).isEqualTo("swemwbs-metric");
    assertThat(row.get("effective_on").textValue()).isEqualTo("2026-06-02");
    assertThat(row.get("derived_from_count").intValue()).isEqualTo(1);
    assertThat(row.get("value_code").isNull()).isTrue();
  }

  @Test
  void writesAWholeNumberAndANegativeOneAsNumbers() throws IOException {
    Observation whole = MadeUp.score("2", "17", 0);
    whole.setValue(new IntegerType(7));
    String csv = csv("wellbeing_score", whole, MadeUp.score("3", "17", -1.5));
    assertThat(csv).contains(",7,,1,final\r\n").contains(",-1.5,,1,final\r\n");
  }

  @Test
  void namesOnePersonAndOneReferralAlikeInBothTables() throws IOException {
    JsonNode referral = rows("referral", MadeUp.referral("1", "17")).get(0);
    JsonNode score = rows("wellbeing_score", MadeUp.score("2", "17", 20)).get(0);
    assertThat(score.get("person_key")).isEqualTo(referral.get("person_key"));
    assertThat(score.get("referral_key")).isEqualTo(referral.get("referral_key"));
  }

  @Test
  void leavesOutPeopleWhoseDataMayNotBeUsed() throws IOException {
    ServiceRequest nobodys = MadeUp.referral("3", "19");
    nobodys.setSubject(new Reference("Group/1"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    Extract extract =
        tables(MadeUp.referral("1", "17"), MadeUp.referral("2", "18"), nobodys)
            .write("referral", TableFormat.NDJSON, out, person -> person.equals("Patient/18"));

    assertThat(extract).isEqualTo(new Extract(1, 2));
    assertThat(out.toString(StandardCharsets.UTF_8)).hasLineCount(1);
  }

  @Test
  void leavesOutLabelledReferralsAndTestData() throws IOException {
    assertThat(rows("referral", labelled(SystemUrl.V3_CONFIDENTIALITY, "R"))).isEmpty();
    assertThat(rows("referral", labelled(SystemUrl.V3_CONFIDENTIALITY, "V"))).isEmpty();
    assertThat(rows("referral", labelled(SystemUrl.V3_ACT_CODE, "SDV"))).isEmpty();
    assertThat(rows("referral", labelled(SystemUrl.V3_ACT_REASON, "HTEST"))).isEmpty();
    assertThat(rows("referral", labelled(SystemUrl.V3_CONFIDENTIALITY, "N"))).hasSize(1);
  }

  @Test
  void writesNothingThatNamesAPerson() throws IOException {
    for (int choice = 0; choice < 12; choice++) {
      ServiceRequest request = Planted.everywhereIn(new ServiceRequest(), choice);
      request.setStatus(ServiceRequest.ServiceRequestStatus.ACTIVE);
      request.getSubject().setReference("Patient/" + Planted.NHS_NUMBER);
      request.getMeta().getSecurity().clear();
      Observation score = Planted.everywhereIn(new Observation(), choice);
      score.getMeta().getSecurity().clear();
      score.setStatus(Observation.ObservationStatus.FINAL);
      score.getSubject().setReference("Patient/" + Planted.NHS_NUMBER);
      score.addCategory().addCoding(MadeUp.survey());
      score.setValue(new Quantity(7).setUnit(Planted.NAME).setCode(Planted.NAME));

      assertThat(rows("referral", request)).hasSize(1);
      assertThat(rows("wellbeing_score", score)).hasSize(1);
      assertThat(csv("referral", request) + csv("wellbeing_score", score))
          .doesNotContain(Planted.NAME, Planted.NHS_NUMBER, "Mill", "BS99");
    }
  }

  @Test
  void writesRowsWhileResourcesAreStillToCome() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicInteger writtenBeforeTheLast = new AtomicInteger();
    Iterator<IBaseResource> referrals =
        Stream.iterate(1, number -> number + 1)
            .limit(500)
            .peek(number -> writtenBeforeTheLast.set(out.size()))
            .<IBaseResource>map(number -> MadeUp.referral("" + number, "17"))
            .iterator();

    tables(type -> referrals).write("referral", TableFormat.NDJSON, out, ANYONE);

    assertThat(writtenBeforeTheLast.get()).isGreaterThan(out.size() * 8 / 10);
  }

  @Test
  void namesTheTablesThereAre() throws IOException {
    assertThat(tables().names()).isEqualTo(Set.of("referral", "wellbeing_score"));
    assertThatThrownBy(
            () -> tables().write("x", TableFormat.CSV, new ByteArrayOutputStream(), ANYONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ServiceRequest labelled(SystemUrl system, String code) {
    ServiceRequest request = MadeUp.referral("1", "17");
    request.getMeta().addSecurity(new Coding(system.url(), code, null));
    return request;
  }

  private String csv(String name, Resource... stored) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    tables(stored).write(name, TableFormat.CSV, out, ANYONE);
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<JsonNode> rows(String name, Resource... stored) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    tables(stored).write(name, TableFormat.NDJSON, out, ANYONE);
    return new ObjectMapper()
        .readerFor(JsonNode.class)
        .<JsonNode>readValues(out.toByteArray())
        .readAll();
  }

  private OutcomeTables tables(Resource... stored) throws IOException {
    return tables(
        type ->
            List.<IBaseResource>of(stored).stream()
                .filter(resource -> resource.fhirType().equals(type))
                .iterator());
  }

  private OutcomeTables tables(OutcomeSource source) throws IOException {
    OutcomeSettings settings = new OutcomeSettings(directory.resolve("pseudonym.key"), false);
    return new OutcomeTables(RUNNER, settings, source);
  }
}
