package io.fingerpost.server.assessment;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import io.fingerpost.profiles.measures.Score;
import io.fingerpost.profiles.measures.ScoreDefinition;
import io.fingerpost.terminology.SystemUrl;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * Makes resources of the answers of one response, with whom, when and by whom from the response.
 */
final class Making {

  private static final String DERIVED_FROM =
      "https://fingerpost.io/StructureDefinition/derived-from";
  private static final ZoneId UNITED_KINGDOM = ZoneId.of("Europe/London");

  /** Who may be the performer of an Observation. */
  private static final Set<String> PERFORMERS =
      Set.of(
          "Practitioner",
          "PractitionerRole",
          "Organization",
          "CareTeam",
          "Patient",
          "RelatedPerson");

  private final QuestionnaireResponse response;

  Making(QuestionnaireResponse response) {
    this.response = response;
  }

  Goal goal(Type answer) {
    Goal goal = new Goal();
    goal.addExtension(DERIVED_FROM, source());
    goal.setLifecycleStatus(GoalLifecycleStatus.PROPOSED);
    goal.getDescription().setText(answer.primitiveValue());
    goal.setSubject(response.getSubject().copy());
    goal.setExpressedBy(
        response.hasSource() ? response.getSource().copy() : response.getSubject().copy());
    return goal;
  }

  /** Empty for an answer that an Observation cannot hold: a reference, or a file. */
  Optional<Observation> observation(
      QuestionnaireItemComponent question, List<CodeableConcept> categories, Type answer) {
    Type value = value(answer);
    if (value == null) {
      return Optional.empty();
    }
    Observation observation = observation();
    categories.forEach(category -> observation.addCategory(category.copy()));
    for (Coding code : Marks.codes(question)) {
      observation
          .getCode()
          .addCoding(new Coding(code.getSystem(), code.getCode(), code.getDisplay()));
    }
    observation.setEffective(response.getAuthoredElement().copy());
    observation.setValue(value);
    return Optional.of(observation);
  }

  Observation score(Score score) {
    ScoreDefinition definition = score.definition();
    Observation observation = observation();
    definition
        .definition()
        .getCategory()
        .forEach(category -> observation.addCategory(category.copy()));
    observation.setCode(definition.definition().getCode().copy());
    observation.setEffective(effective(definition.recipe().lookbackMonths()));
    observation.setValue(
        definition.scale().whole()
            ? new IntegerType(score.value().intValueExact())
            : new Quantity()
                .setValue(score.value())
                .setUnit("score")
                .setSystem("http://unitsofmeasure.org")
                .setCode("{score}"));
    score
        .band()
        .ifPresent(
            band ->
                observation
                    .addInterpretation()
                    .addCoding()
                    .setSystem(SystemUrl.MEASURE_BAND.url())
                    .setCode(band));
    return observation;
  }

  private Observation observation() {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    response.getBasedOn().forEach(request -> observation.addBasedOn(request.copy()));
    observation.setSubject(response.getSubject().copy());
    if (response.hasEncounter()) {
      observation.setEncounter(response.getEncounter().copy());
    }
    DateTimeType authored = response.getAuthoredElement();
    if (authored.getPrecision().ordinal() >= TemporalPrecisionEnum.SECOND.ordinal()) {
      observation.setIssuedElement(new InstantType(authored.getValueAsString()));
    }
    if (response.hasAuthor() && mayPerform(response.getAuthor())) {
      observation.addPerformer(response.getAuthor().copy());
    }
    observation.addDerivedFrom(source());
    return observation;
  }

  private static boolean mayPerform(Reference author) {
    String type =
        author.hasReference() ? author.getReferenceElement().getResourceType() : author.getType();
    return type == null || PERFORMERS.contains(type);
  }

  private Reference source() {
    return new Reference("QuestionnaireResponse/" + response.getIdElement().getIdPart());
  }

  private Type effective(int lookbackMonths) {
    if (lookbackMonths == 0) {
      return response.getAuthoredElement().copy();
    }
    LocalDate end = response.getAuthored().toInstant().atZone(UNITED_KINGDOM).toLocalDate();
    return new Period()
        .setStartElement(new DateTimeType(end.minusMonths(lookbackMonths).toString()))
        .setEndElement(new DateTimeType(end.toString()));
  }

  private static @Nullable Type value(@Nullable Type answer) {
    if (answer instanceof Coding coding) {
      return new CodeableConcept(coding.copy());
    } else if (answer instanceof DecimalType decimal) {
      return new Quantity().setValue(decimal.getValue());
    } else if (answer instanceof DateType date) {
      return new DateTimeType(date.getValueAsString());
    } else if (answer instanceof IntegerType
        || answer instanceof BooleanType
        || answer instanceof DateTimeType
        || answer instanceof TimeType
        || answer instanceof Quantity) {
      return answer.copy();
    } else if (answer instanceof StringType text) {
      return new StringType(text.getValue());
    }
    return null;
  }
}
