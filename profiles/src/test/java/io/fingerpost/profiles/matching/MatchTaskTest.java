package io.fingerpost.profiles.matching;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.ProfileValidator;
import io.fingerpost.profiles.identity.OdsCode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MatchTaskTest {

  private static final UUID MESSAGE = UUID.fromString("6c1f2f4e-8d0b-4f1e-9a53-5b1f5ab0c3d1");

  private final Patient sent = DescriptionsTest.described("1948-12-03", "Cox", "Brian");

  @Test
  void saysAgainWhatItWasMadeOf() {
    Task task = task("Patient/1");

    assertThat(MatchTask.is(task)).isTrue();
    assertThat(MatchTask.messageOf(task)).contains(MESSAGE);
    assertThat(MatchTask.knownIn(task)).containsExactly("Patient/1");
    assertThat(MatchTask.differencesIn(task)).containsExactly(Difference.BIRTH_DATE);
    assertThat(MatchTask.sentIn(task).orElseThrow().getNameFirstRep().getFamily()).isEqualTo("Cox");
  }

  @Test
  void isAboutNobody() {
    assertThat(task("Patient/1").hasFor()).isFalse();
  }

  @Test
  void namesNobodyAsItsFocusWhereSeveralAreKnown() {
    assertThat(task("Patient/1").getFocus().getReference()).isEqualTo("Patient/1");
    assertThat(task("Patient/1", "Patient/2").hasFocus()).isFalse();
  }

  @Test
  void isAnotherForEachIdentifierOfAMessage() {
    Task one = task("Patient/1");
    sent.getIdentifierFirstRep().setValue("9990000026");
    Task other = task("Patient/1");

    assertThat(one.getIdentifierFirstRep().getValue())
        .isNotEqualTo(other.getIdentifierFirstRep().getValue());
    assertThat(MatchTask.messageOf(other)).contains(MESSAGE);
  }

  @ParameterizedTest
  @EnumSource
  void meetsItsProfileBeforeAndAfterADecision(MatchDecision decision) {
    ProfileValidator validator = new ProfileValidator(FhirContext.forR4Cached());
    Task task = task("Patient/1");
    assertThat(validator.faults(task)).isEmpty();

    MatchTask.decide(task, decision, Optional.of("Patient/1"));

    assertThat(task.getStatus()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(MatchTask.decisionIn(task)).contains(decision);
    assertThat(validator.faults(task)).isEmpty();
  }

  @Test
  void tellsNothingOfAnIdentifier() {
    String subject =
        MatchTask.subject(
            new Identifier().setSystem("https://fhir.nhs.uk/Id/nhs-number").setValue("9990000018"));

    assertThat(subject).matches("[0-9a-f]{64}").doesNotContain("9990000018");
  }

  private Task task(String... known) {
    if (!sent.hasIdentifier()) {
      sent.addIdentifier().setSystem("https://fhir.nhs.uk/Id/nhs-number").setValue("9990000018");
    }
    Task task =
        MatchTask.of(
            MESSAGE,
            Instant.parse("2026-03-02T10:15:03Z"),
            sent,
            List.of(known),
            EnumSet.of(Difference.BIRTH_DATE));
    Reference scheme = new Reference().setIdentifier(new OdsCode("Z9S01").toIdentifier());
    return task.setOwner(scheme).setRequester(scheme.copy());
  }
}
