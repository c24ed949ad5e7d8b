package io.fingerpost.profiles.publication;

import io.fingerpost.profiles.Profile;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.ImplementationGuide;
import org.hl7.fhir.r4.model.ImplementationGuide.ImplementationGuideDefinitionResourceComponent;
import org.hl7.fhir.r4.model.ImplementationGuide.SPDXLicense;
import org.hl7.fhir.r4.model.Resource;

/** The list of what the package holds, as FHIR tools read it. */
final class Guide {
  static final String DESCRIPTION =
      "FHIR R4 profiles and terminology for everything a social prescribing scheme records, with"
          + " examples. Resources that meet them can be valid against UK Core R4 too.";

  private final Model model;

  Guide(Model model) {
    this.model = model;
  }

  ImplementationGuide toResource() {
    ImplementationGuide guide = new ImplementationGuide();
    guide.setId(ModelPackage.NAME);
    guide
        .setUrl("https://fingerpost.io/ImplementationGuide/" + ModelPackage.NAME)
        .setVersion(model.version())
        .setName("FingerpostModel")
        .setTitle("The information model of a social prescribing scheme")
        .setStatus(PublicationStatus.ACTIVE)
        .setPublisher("Fingerpost")
        .setDescription(DESCRIPTION);
    guide.getDateElement().setValueAsString(model.date());
    guide.setPackageId(ModelPackage.NAME).setLicense(SPDXLicense.APACHE_2_0);
    guide.addFhirVersion(FHIRVersion._4_0_1);
    for (Resource definition : model.definitions()) {
      list(guide, Model.reference(definition), Model.title(definition))
          .setExample(new BooleanType(false));
    }
    for (ModelFile example : model.examples()) {
      list(guide, example.type() + "/" + Example.idOf(example), Example.title(example))
          .setExample(
              Example.profileOf(example)
                  .map(Profile::url)
                  .<org.hl7.fhir.r4.model.Type>map(CanonicalType::new)
                  .orElseGet(() -> new BooleanType(true)));
    }
    return guide;
  }

  private static ImplementationGuideDefinitionResourceComponent list(
      ImplementationGuide guide, String reference, String name) {
    ImplementationGuideDefinitionResourceComponent listed = guide.getDefinition().addResource();
    listed.getReference().setReference(reference);
    return listed.setName(name);
  }
}
