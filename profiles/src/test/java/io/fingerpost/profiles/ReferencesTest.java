package io.fingerpost.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import java.util.List;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReferencesTest {

  private static final FhirTerser TERSER = FhirContext.forR4Cached().newTerser();

  @ParameterizedTest
  @MethodSource
  void findsEveryReferenceHapiFindsAndWhatIsContained(Resource record, int references) {
    assertThat(References.in(record))
        .hasSize(references)
        .extracting(Reference::getReference)
        .containsAll(
            TERSER.getAllPopulatedChildElementsOfType(record, Reference.class).stream()
                .map(Reference::getReference)
                .toList());
  }

  static List<Arguments> findsEveryReferenceHapiFindsAndWhatIsContained() {
    return List.of(arguments(plan(), 9), arguments(task(), 3), arguments(observation(), 2));
  }

  private static CarePlan plan() {
    CarePlan plan = new CarePlan();
    plan.setSubject(new Reference("Patient/1")).addBasedOn(new Reference("ServiceRequest/1"));
    plan.addIdentifier(new Identifier().setValue("1").setAssigner(new Reference("Organization/1")));
    plan.addActivity().getDetail().addPerformer(new Reference("Organization/2"));
    plan.addNote().setText("x").setAuthor(new Reference("RelatedPerson/1"));
    plan.addExtension("https://example.org/other", new Reference("Patient/2"));
    StringType title = new StringType("Getting out");
    title.addExtension("https://example.org/in-a-word", new Reference("Patient/3"));
    plan.setTitleElement(title);
    Period period = new Period();
    period.addExtension("https://example.org/in-a-period", new Reference("Patient/4"));
    RelatedPerson neighbour = new RelatedPerson();
    neighbour.setPatient(new Reference("Patient/5"));
    plan.setPeriod(period).addContained(neighbour);
    return plan;
  }

  private static Task task() {
    Task task = new Task().setFor(new Reference("Patient/1"));
    task.addInput().setValue(new Reference("Patient/2"));
    task.addOutput().setValue(new Reference("CarePlan/1"));
    return task;
  }

  private static Observation observation() {
    Observation observation = new Observation().setSubject(new Reference("Patient/1"));
    observation.addComponent().addExtension("https://example.org/by", new Reference("Patient/2"));
    return observation;
  }
}
