package io.fingerpost.server.consent.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimeOfTest {

  private static final DateTimeType DAY = new DateTimeType("2026-02-14");
  private static final Period DAYS = Consents.period("2026-02-14", "2026-02-14");

  static Stream<Resource> dated() {
    return Stream.of(
        new CarePlan().setPeriod(DAYS).setCreatedElement(new DateTimeType("2025-12-31")),
        new CarePlan().setCreatedElement(DAY),
        new Communication().setSentElement(DAY).setReceivedElement(new DateTimeType("2026-03-01")),
        new Communication().setReceivedElement(DAY),
        new Consent().setDateTimeElement(DAY),
        new Encounter().setPeriod(DAYS),
        new EpisodeOfCare().setPeriod(DAYS),
        new Flag().setPeriod(DAYS),
        new Goal().setStart(new DateType("2026-02-14")),
        new Observation().setEffective(DAY),
        new Observation().setEffective(DAYS),
        new QuestionnaireResponse().setAuthoredElement(DAY),
        new ServiceRequest().setAuthoredOnElement(DAY),
        new Task().setAuthoredOnElement(DAY));
  }

  @ParameterizedTest
  @MethodSource("dated")
  void isWhatTheResourceSays(Resource resource) {
    assertThat(TimeOf.content(resource)).isEqualTo(FhirTime.spanOf(DAY)).isPresent();
  }

  @Test
  void isTheBeginningOfAnAppointment() {
    Appointment appointment = new Appointment();
    appointment.setStartElement(new InstantType("2026-02-14T10:00:00Z"));
    assertThat(TimeOf.content(appointment))
        .isEqualTo(FhirTime.spanOf(new DateTimeType("2026-02-14T10:00:00Z")))
        .isPresent();
  }

  @Test
  void isNotKnownOfAPersonNorOfWhatDoesNotSay() {
    assertThat(TimeOf.content(new Patient())).isEmpty();
    assertThat(TimeOf.content(new Encounter().setPeriod(new Period()))).isEmpty();
    assertThat(TimeOf.content(new Observation())).isEmpty();
  }
}
