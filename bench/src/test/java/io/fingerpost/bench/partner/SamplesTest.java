package io.fingerpost.bench.partner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fingerpost.bench.partner.HospitalMessages.Said;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

  private static final Instant NOW = Instant.parse("2026-03-03T10:15:00Z");
  private static final Person PERSON = Person.of("9990000018");

  @Test
  void writesAReferralWhoseFieldsStandWhereHl7HasThem() {
    String message = HospitalMessages.referral("A1", PERSON, Said.YES, NOW);

    assertThat(message).doesNotContain("\n").endsWith("\r");
    assertThat(Hl7.field(message, "MSH", 9)).isEqualTo("REF^I12^REF_I12");
    assertThat(Hl7.field(message, "MSH", 10)).isEqualTo("A1");
    assertThat(Hl7.field(message, "MSH", 18)).isEqualTo("UNICODE UTF-8");
    assertThat(Hl7.component(message, "RF1", 6)).isEqualTo("REF-A1");
    assertThat(Hl7.component(message, "PID", 3)).isEqualTo("9990000018");
    assertThat(Hl7.field(message, "PID", 7)).isEqualTo(PERSON.born("yyyyMMdd"));
    assertThat(Hl7.field(message, "PID", 32)).isEqualTo("01");
    assertThat(Hl7.component(message, "CON", 11)).isEqualTo("A");
    assertThat(HospitalMessages.referral("A1", PERSON, Said.NOTHING, NOW)).doesNotContain("CON|");
  }

  @Test
  void writesBundlesInWhichEveryReferenceLeadsSomewhere() {
    for (String text :
        List.of(
            GpMessages.referral("6f1c2f9e-2f63-4a52-9f0e-7d2a4f1f0a01", PERSON, NOW),
            SchemeRecords.referral("T1", PERSON, NOW))) {
      JsonNode bundle = new Answer(200, text).json();
      List<String> named = new ArrayList<>();
      bundle.path("entry").forEach(entry -> named.add(entry.path("fullUrl").asText()));
      List<String> used =
          bundle.path("entry").findValuesAsText("reference").stream()
              .filter(reference -> !reference.isEmpty())
              .toList();

      assertThat(named).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(6);
      assertThat(named).containsAll(used);
    }
  }

  @Test
  void writesWhatTheSchemeStoresAsJson() {
    for (String text :
        List.of(
            ReferralForms.filledIn("f1", PERSON, NOW),
            SchemeRecords.goal("Patient/1", LocalDate.EPOCH),
            SchemeRecords.supportPlan("Getting \"out\"", "Patient/1", "Goal/1", LocalDate.EPOCH),
            SchemeRecords.consent("Patient/1", "Z9H01", "TREAT", NOW),
            SchemeRecords.satisfaction("Patient/1", "ServiceRequest/1", 7, NOW))) {
      assertThat(new Answer(200, text).at("/resourceType")).isNotEmpty();
    }
  }

  @Test
  void writesALandlordsReferralAsJson() {
    JsonNode referral = new Answer(200, HousingReferrals.referral("A1", PERSON, NOW)).json();

    assertThat(referral.at("/person/nhsNumber").asText()).isEqualTo("9990000018");
    assertThat(referral.at("/consent/decision").asText()).isEqualTo("agreed");
  }

  @Test
  void makesTheSamePersonOfTheSameNumber() {
    assertThat(Person.of("9990000018")).isEqualTo(PERSON);
  }
}
