package io.fingerpost.routes.inbound.gp;

import io.fingerpost.terminology.SystemUrl;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * BaRS carries what the sender has found out and done as a CarePlan. It is the sender's assessment
 * and no support plan, so it is never stored as one: it becomes an Observation of the kind {@code
 * sender-assessment}, in the sender's words.
 *
 * <pre>{@code
 * <CarePlan>                                 Observation.valueString
 *   <addresses> → Condition: Lonely          About: Lonely
 *   <activity><outcomeCodeableConcept>
 *     <text value="Lives alone since May"/>  Lives alone since May
 * }</pre>
 */
final class GpAssessment {

  private static final Coding KIND =
      new Coding(SystemUrl.OBSERVATION_KIND.url(), "sender-assessment", "Assessment by the sender");

  private final CarePlan plan;
  private final GpMessage message;
  private final Set<String> lines = new LinkedHashSet<>();

  private GpAssessment(CarePlan plan, GpMessage message) {
    this.plan = plan;
    this.message = message;
  }

  /**
   * Nothing where the plan says nothing in words.
   *
   * @param when it is of, where it does not say so itself
   */
  static Optional<Observation> of(
      CarePlan plan, DateTimeType when, GpMessage message, Carried carried) {
    String text = new GpAssessment(plan, message).text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Observation made = new Observation().setStatus(ObservationStatus.FINAL);
    made.addCategory().addCoding(KIND.copy());
    made.setCode(new CodeableConcept(KIND.copy()).setText(KIND.getDisplay()));
    made.setValue(new StringType(text));
    if (plan.hasPeriod()) {
      made.setEffective(plan.getPeriod().copy());
    } else {
      made.setEffective((plan.hasCreated() ? plan.getCreatedElement() : when).copy());
    }
    return Optional.of(carried.finish(plan, made));
  }

  private String text() {
    add(plan.getTitle());
    add(plan.getDescription());
    plan.getAddresses().stream()
        .flatMap(reference -> message.target(reference, Condition.class).stream())
        .flatMap(condition -> words(condition.getCode()).stream())
        .forEach(words -> add("About: " + words));
    plan.getActivity().forEach(this::add);
    plan.getNote().stream().map(Annotation::getText).forEach(this::add);
    return String.join("\n", lines);
  }

  private void add(CarePlanActivityComponent activity) {
    if (activity.hasDetail()) {
      words(activity.getDetail().getCode()).forEach(this::add);
      add(activity.getDetail().getDescription());
    }
    activity.getOutcomeCodeableConcept().stream()
        .flatMap(outcome -> words(outcome).stream())
        .forEach(this::add);
    activity.getProgress().stream().map(Annotation::getText).forEach(this::add);
  }

  /** What was said, else what the codes are called. */
  private static List<String> words(CodeableConcept concept) {
    if (concept.hasText()) {
      return List.of(concept.getText());
    }
    List<String> words = new ArrayList<>();
    concept.getCoding().stream().filter(Coding::hasDisplay).forEach(c -> words.add(c.getDisplay()));
    return words;
  }

  private void add(@Nullable String line) {
    if (line != null && !line.isBlank()) {
      lines.add(line.strip());
    }
  }
}
