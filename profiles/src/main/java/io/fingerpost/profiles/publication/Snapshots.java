package io.fingerpost.profiles.publication;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;

/** Gives definitions that say only what they change the whole of what they then say. */
final class Snapshots {
  private final FhirContext context;

  Snapshots(FhirContext context) {
    this.context = context;
  }

  List<Resource> fill(List<Resource> definitions) {
    PrePopulatedValidationSupport ours = new PrePopulatedValidationSupport(context);
    definitions.forEach(ours::addResource);
    SnapshotGeneratingValidationSupport generator =
        new SnapshotGeneratingValidationSupport(context);
    ValidationSupportContext chain =
        new ValidationSupportContext(
            new ValidationSupportChain(
                ours,
                new DefaultProfileValidationSupport(context),
                generator,
                new InMemoryTerminologyServerValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context)));
    return definitions.stream().map(definition -> whole(definition, generator, chain)).toList();
  }

  private static Resource whole(
      Resource definition,
      SnapshotGeneratingValidationSupport generator,
      ValidationSupportContext chain) {
    if (definition instanceof StructureDefinition profile && !profile.hasSnapshot()) {
      IBaseResource whole =
          generator.generateSnapshot(chain, profile, profile.getUrl(), "", profile.getName());
      return (StructureDefinition) Objects.requireNonNull(whole);
    }
    return definition;
  }
}
