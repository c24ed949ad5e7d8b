package io.fingerpost.profiles.measures;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.Fault;
import io.fingerpost.profiles.Profile;
import io.fingerpost.profiles.ProfileValidator;
import io.fingerpost.terminology.SystemUrl;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The profile of Observations says in rules what the measures say as data: so a score is held to
 * its range whoever writes it, and by any validator that loads the profiles.
 */
class RangesTest {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final ProfileValidator VALIDATOR = new ProfileValidator(CONTEXT);

  static Stream<ScoreDefinition> all() {
    return Measures.shipped(CONTEXT).all().stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void takesAScoreExactlyWhereItsMeasureHasIt(ScoreDefinition score) {
    for (BigDecimal value : around(score)) {
      List<String> broken =
          VALIDATOR.faults(observation(score.code(), value)).stream().map(Fault::code).toList();
      if (score.has(value)) {
        assertThat(broken).as("%s of %s", score.code(), value).isEmpty();
      } else {
        assertThat(broken)
            .as("%s of %s", score.code(), value)
            .containsExactly("fp-" + score.code());
      }
    }
  }

  /** Both ends, a step within and beyond each, and between whole numbers. */
  private static List<BigDecimal> around(ScoreDefinition score) {
    BigDecimal least = score.scale().least();
    BigDecimal most = score.scale().most();
    List<BigDecimal> values =
        new ArrayList<>(
            List.of(
                least,
                least.add(BigDecimal.ONE),
                least.add(new BigDecimal("0.5")),
                least.subtract(BigDecimal.ONE)));
    if (most != null) {
      values.addAll(List.of(most, most.add(BigDecimal.ONE), most.subtract(new BigDecimal("0.5"))));
    }
    score.recipe().conversion().values().stream().limit(5).forEach(values::add);
    return values;
  }

  @Test
  void holdsAScoreInAComponentToItsRangeToo() {
    Observation grouped = observation("ons4", BigDecimal.ONE);
    grouped.setValue(null);
    grouped
        .addComponent()
        .setValue(new Quantity(11))
        .getCode()
        .addCoding(new Coding(SystemUrl.MEASURE.url(), "ons4-anxiety", null));

    assertThat(VALIDATOR.faults(grouped))
        .extracting(Fault::code)
        .containsExactly("fp-ons4-anxiety");
  }

  @Test
  void hasNoRuleOnAScoreThatNoMeasureHas() throws IOException {
    try (InputStream stream =
        RangesTest.class.getResourceAsStream(
            "/structuredefinitions/StructureDefinition-" + Profile.OBSERVATION.id() + ".json")) {
      assertThat(
              CONTEXT
                  .newJsonParser()
                  .parseResource(StructureDefinition.class, stream)
                  .getDifferential()
                  .getElementFirstRep()
                  .getConstraint())
          .extracting(rule -> rule.getKey())
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      Stream.of("fp-observation-value-or-why-not", "fp-ons4-has-no-total"),
                      all().map(score -> "fp-" + score.code()))
                  .toList());
    }
  }

  private static Observation observation(String code, BigDecimal value) {
    Observation observation = new Observation();
    observation.setStatus(Observation.ObservationStatus.FINAL);
    observation.addCategory(
        new CodeableConcept(
            new Coding(
                "http://terminology.hl7.org/CodeSystem/observation-category", "survey", null)));
    observation.getCode().addCoding(new Coding(SystemUrl.MEASURE.url(), code, null));
    observation.setSubject(new Reference("Patient/1"));
    observation.setEffective(new DateTimeType("2026-03-16"));
    observation.setValue(new Quantity().setValue(value));
    return observation;
  }
}
