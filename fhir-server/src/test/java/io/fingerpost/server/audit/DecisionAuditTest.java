package io.fingerpost.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import io.fingerpost.profiles.Fault;
import io.fingerpost.profiles.ProfileValidator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

/**
 * The record of decisions is not checked on its way into the store, so it is held to its profile
 * here.
 */
class DecisionAuditTest {

  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final ProfileValidator VALIDATOR = new ProfileValidator(CONTEXT);

  private final DecisionAudit audit =
      new DecisionAudit(
          new DaoRegistry(CONTEXT),
          Clock.fixed(Instant.parse("2026-03-20T08:00:00Z"), ZoneOffset.UTC));

  static Stream<Decided> everyKindOfDecision() {
    return Stream.of(
        decided(Set.of("Patient/1"), "CarePlan/7", true, "PERMITTED", "Consent/3"),
        decided(Set.of("Patient/1", "Patient/2"), "Appointment/9", true, "OWN_RECORD", ""),
        decided(Set.of("Patient/1"), "CarePlan/7", false, "WITHDRAWN", "Consent/3"),
        decided(Set.of("Patient/1"), "", false, "NO_CONSENT_ON_RECORD", ""),
        decided(Set.of(), "", false, "COULD_NOT_ASK", ""),
        decided(Set.of(), "", true, "EXTRACT_REFERRAL", ""));
  }

  @ParameterizedTest
  @MethodSource("everyKindOfDecision")
  void meetsTheProfileWhateverWasDecided(Decided decided) {
    assertThat(audit.events(List.of(decided))).hasSize(1).allSatisfy(this::isFaultless);
  }

  @Test
  void meetsTheProfileWithTheIdThatTiesItToItsRequest() {
    MDC.put("correlation", "6d1b7e52-8f0b-4a43-8f0f-0a4e5f1c2d3e");
    try {
      audit.events(everyKindOfDecision().toList()).forEach(this::isFaultless);
    } finally {
      MDC.remove("correlation");
    }
  }

  @Test
  void saysOfARefusalThatItDidNotSucceed() {
    Decided no = decided(Set.of("Patient/1"), "CarePlan/7", false, "REFUSED", "Consent/3");
    AuditEvent event = audit.events(List.of(no)).iterator().next();
    assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("deny");
    assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._4);
    assertThat(VALIDATOR.faults(event.setOutcome(AuditEventOutcome._0)))
        .extracting(Fault::code)
        .containsExactly("fp-audit-decision-outcome");
  }

  @Test
  void putsDecisionsThatAreAlikeIntoOneEvent() {
    Collection<AuditEvent> events =
        audit.events(
            List.of(
                decided(Set.of("Patient/1"), "CarePlan/7", true, "PERMITTED", "Consent/3"),
                decided(Set.of("Patient/1"), "Goal/8", true, "PERMITTED", "Consent/3"),
                decided(Set.of("Patient/1"), "Goal/9", false, "LABELLED", "Consent/3")));
    assertThat(events).hasSize(2).allSatisfy(this::isFaultless);
    assertThat(events.iterator().next().getEntity())
        .extracting(entity -> entity.getWhat().getReference())
        .contains("CarePlan/7", "Goal/8")
        .doesNotContain("Goal/9");
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
