package io.fingerpost.profiles.publication;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.ImplementationGuide;
import org.hl7.fhir.r4.model.Resource;

/**
 * The model as one FHIR package: definitions with snapshots in {@code package}, examples in {@code
 * package/example}, counter-examples in {@code package/tests}, and what FHIR R4 has no type for in
 * {@code package/other}, where no FHIR tool stumbles over it.
 */
final class ModelPackage {
  static final String NAME = "io.fingerpost.model";
  private static final String CANONICAL = "https://fingerpost.io";
  private static final String FHIR = "4.0.1";

  private final FhirContext context;
  private final Model model;

  ModelPackage(FhirContext context, Model model) {
    this.context = context;
    this.model = model;
  }

  static String fileName(Model model) {
    return NAME + "-" + model.version() + ".tgz";
  }

  byte[] toBytes() {
    PackageArchive archive = new PackageArchive(manifest().toPrettyString() + "\n");
    for (Resource definition : model.definitions()) {
      archive.add(
          "package", Model.reference(definition).replace('/', '-') + ".json", json(definition));
    }
    ImplementationGuide guide = new Guide(model).toResource();
    archive.add("package", "ImplementationGuide-" + NAME + ".json", json(guide));
    model.others().forEach(file -> archive.add("package/other", file.name(), file.toBytes()));
    addAll(archive, "package/example", model.examples());
    addAll(archive, "package/tests", model.counterExamples());
    return archive.toBytes();
  }

  private static void addAll(PackageArchive archive, String folder, List<ModelFile> examples) {
    for (ModelFile example : examples) {
      archive.add(folder, example.name(), Example.withId(example).toBytes());
    }
  }

  private byte[] json(Resource resource) {
    String text = context.newJsonParser().setPrettyPrint(true).encodeResourceToString(resource);
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private ObjectNode manifest() {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest
        .put("name", NAME)
        .put("version", model.version())
        .put("type", "IG")
        .put("date", model.date().replace("-", "") + "000000")
        .put("license", "Apache-2.0")
        .put("canonical", CANONICAL)
        .put("url", CANONICAL)
        .put("title", "Fingerpost: the information model of a social prescribing scheme")
        .put("description", Guide.DESCRIPTION)
        .put("author", "Fingerpost");
    manifest.putArray("fhirVersions").add(FHIR);
    manifest.putObject("dependencies").put("hl7.fhir.r4.core", FHIR);
    manifest.putObject("directories").put("lib", "package").put("example", "example");
    manifest.put("jurisdiction", "urn:iso:std:iso:3166#GB");
    return manifest;
  }
}
