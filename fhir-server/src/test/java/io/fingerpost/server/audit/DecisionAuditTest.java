package io.fingerpost.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import io.fingerpost.profiles.Fault;
import io.fingerpost.profiles.ProfileValidator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.MDC;

/**
 * The record of decisions is not checked on its way into the store, so it is held to its profile
 * here.
 */
class DecisionAuditTest {

  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final ProfileValidator VALIDATOR = new ProfileValidator(CONTEXT);
  private static final Instant NOW = Instant.parse("2026-03-20T08:00:00.123456Z");

  private DecisionAudit audit;

  @BeforeEach
  void keepsKeys(@TempDir Path folder) {
    audit =
        new DecisionAudit(
            new EventTable(new PGSimpleDataSource()),
            AuditKeys.load(folder.resolve("audit.jwks")),
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  static Stream<Decided> everyKindOfDecision() {
    return Stream.of(
        decided(Set.of("Patient/1"), "CarePlan/7", true, "PERMITTED", "Consent/3"),
        decided(Set.of("Patient/1", "Patient/2"), "Appointment/9", true, "OWN_RECORD", ""),
        decided(Set.of("Patient/1"), "CarePlan/7", false, "WITHDRAWN", "Consent/3"),
        decided(Set.of("Patient/1"), "", false, "NO_CONSENT_ON_RECORD", ""),
        decided(Set.of("Patient/1"), "CarePlan/7", true, "OVERRIDE_EMERGENCY", ""),
        decided(Set.of(), "", false, "COULD_NOT_ASK", ""),
        decided(Set.of(), "", true, "EXTRACT_REFERRAL", ""));
  }

  @ParameterizedTest
  @MethodSource("everyKindOfDecision")
  void meetsTheProfileWhateverWasDecided(Decided decided) {
    assertThat(events(List.of(decided))).hasSize(1).allSatisfy(this::isFaultless);
  }

  @Test
  void meetsTheProfileWithTheIdThatTiesItToItsRequest() {
    String correlation = "6d1b7e52-8f0b-4a43-8f0f-0a4e5f1c2d3e";
    MDC.put("correlation", correlation);
    try {
      assertThat(events(everyKindOfDecision().toList()))
          .allSatisfy(this::isFaultless)
          .allSatisfy(
              event ->
                  assertThat(event.getEntity())
                      .extracting(entity -> entity.getWhat().getIdentifier().getValue())
                      .contains(correlation));
    } finally {
      MDC.remove("correlation");
    }
  }

  @Test
  void saysWhoAskedAboutWhomWhyAndOnWhichConsent() {
    AuditEvent event =
        event(decided(Set.of("Patient/1"), "CarePlan/7", true, "PERMITTED", "Consent/3"));

    assertThat(event.getAgent())
        .extracting(agent -> agent.getWho().getIdentifier().getValue())
        .containsExactly("Z9H01", "aldhelm-fhir");
    assertThat(event.getEntity())
        .extracting(entity -> entity.getWhat().getReference())
        .contains("Patient/1", "Consent/3", "CarePlan/7");
    assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode()).isEqualTo("TREAT");
    assertThat(event.getRecorded()).isEqualTo(Instant.parse("2026-03-20T08:00:00.123Z"));
  }

  @Test
  void saysOfARefusalThatItDidNotSucceed() {
    AuditEvent event =
        event(decided(Set.of("Patient/1"), "CarePlan/7", false, "REFUSED", "Consent/3"));
    assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("deny");
    assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._4);
    assertThat(VALIDATOR.faults(event.setOutcome(AuditEventOutcome._0)))
        .extracting(Fault::code)
        .containsExactly("fp-audit-decision-outcome");
  }

  @Test
  void putsDecisionsThatAreAlikeIntoOneEvent() {
    List<AuditEvent> events =
        events(
            List.of(
                decided(Set.of("Patient/1"), "CarePlan/7", true, "PERMITTED", "Consent/3"),
                decided(Set.of("Patient/1"), "Goal/8", true, "PERMITTED", "Consent/3"),
                decided(Set.of("Patient/1"), "Goal/9", false, "LABELLED", "Consent/3")));
    assertThat(events).hasSize(2).allSatisfy(this::isFaultless);
    assertThat(events.get(0).getEntity())
        .extracting(entity -> entity.getWhat().getReference())
        .contains("CarePlan/7", "Goal/8")
        .doesNotContain("Goal/9");
  }

  @Test
  void keepsAPageOfPeopleInOneRowAndTellsOfEachApart() {
    List<Decided> page =
        List.of(
            decided(Set.of("Patient/1"), "CarePlan/7", true, "PERMITTED", "Consent/3"),
            decided(Set.of("Patient/2"), "CarePlan/8", true, "PERMITTED", "Consent/4"));
    List<Entry> rows = audit.entries(page);
    assertThat(rows).singleElement().satisfies(row -> assertThat(row.people()).hasSize(2));

    List<Told> told = told(rows.get(0));
    assertThat(told).extracting(Told::id).doesNotHaveDuplicates();
    assertThat(told)
        .extracting(one -> one.place().id())
        .isEqualTo(told.stream().map(Told::id).toList());
    assertThat(told.get(1).text().get())
        .contains("Patient/2", "Consent/4", "CarePlan/8")
        .doesNotContain("Patient/1", "Consent/3", "CarePlan/7");
  }

  @Test
  void tellsWhatWasKeptAsItIsTold() {
    Entry row =
        audit
            .entries(List.of(decided(Set.of("Patient/1"), "Goal/1", true, "PERMITTED", "")))
            .get(0);
    Told now = told(row).get(0);
    Told.Row before = new Told.Row(row.id(), row.recorded(), row.people(), now.text().get());

    assertThat(Told.of(before))
        .singleElement()
        .satisfies(told -> assertThat(told.people()).containsExactly("Patient/1"))
        .satisfies(told -> assertThat(parsed(told).getId()).endsWith(row.id().toString()));
  }

  @Test
  void tellsOfAnOverrideThatWasGrantedWithTheReasonThatWasStated() {
    Entry entry =
        audit.entry(
            decided(Set.of("Patient/1"), "", true, "OVERRIDE_SAFEGUARDING", ""),
            DecisionAudit.Step.GRANTED,
            Map.of("stated", "Neighbour heard \"shouting\",\nnobody answers the door"));
    AuditEvent event = parsed(told(entry).get(0));

    isFaultless(event);
    assertThat(entry.kind()).isEqualTo("OVERRIDE_SAFEGUARDING");
    assertThat(event.getSubtype()).extracting(Coding::getCode).contains("OVERRIDE_SAFEGUARDING");
    assertThat(entry.event()).contains("nobody answers the door");
  }

  private AuditEvent event(Decided decided) {
    return events(List.of(decided)).get(0);
  }

  private List<AuditEvent> events(Collection<Decided> decisions) {
    return audit.entries(decisions).stream()
        .flatMap(entry -> told(entry).stream())
        .map(DecisionAuditTest::parsed)
        .toList();
  }

  private static List<Told> told(Entry entry) {
    return Told.of(new Told.Row(entry.id(), entry.recorded(), entry.people(), entry.event()));
  }

  /** Strictly: what no parser knows would not be read back. */
  private static AuditEvent parsed(Told told) {
    return (AuditEvent)
        CONTEXT
            .newJsonParser()
            .setParserErrorHandler(new StrictErrorHandler())
            .parseResource(told.text().get());
  }

  private void isFaultless(AuditEvent event) {
    assertThat(VALIDATOR.faults(event)).isEmpty();
  }

  private static Decided decided(
      Set<String> people, String resource, boolean permitted, String reason, String basis) {
    return new Decided(
        "aldhelm-fhir", "Z9H01", "TREAT", people, resource, permitted, reason, basis);
  }
}
