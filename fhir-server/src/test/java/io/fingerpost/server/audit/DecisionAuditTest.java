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
  void tellsOfAnOverrideThatWasGrantedWithTheReasonThatWasStated() {
    Entry entry =
        audit.entry(
            decided(Set.of("Patient/1"), "", true, "OVERRIDE_SAFEGUARDING", ""),
            DecisionAudit.Step.GRANTED,
            Map.of("stated", "Neighbour heard \"shouting\",\nnobody answers the door"));
    AuditEvent event = parsed(entry);

    isFaultless(event);
    assertThat(entry.kind()).isEqualTo("OVERRIDE_SAFEGUARDING");
    assertThat(event.getSubtype()).extracting(Coding::getCode).contains("OVERRIDE_SAFEGUARDING");
    assertThat(entry.event()).contains("nobody answers the door");
  }

  private AuditEvent event(Decided decided) {
    return events(List.of(decided)).get(0);
  }

  private List<AuditEvent> events(Collection<Decided> decisions) {
    return audit.entries(decisions).stream().map(DecisionAuditTest::parsed).toList();
  }

  /** Strictly: what no parser knows would not be read back. */
  private static AuditEvent parsed(Entry entry) {
    return (AuditEvent)
        CONTEXT
            .newJsonParser()
            .setParserErrorHandler(new StrictErrorHandler())
            .parseResource(entry.event());
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
