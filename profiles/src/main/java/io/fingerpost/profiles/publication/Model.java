package io.fingerpost.profiles.publication;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * Everything the model consists of: whatever JSON lies in its folders, so that adding an artefact
 * is adding its file. Profiles and extensions have their snapshots.
 *
 * @param definitions what has a canonical URL by FHIR R4
 * @param others what has none, such as ObservationDefinition, or no type in R4, as ViewDefinition
 */
record Model(
    List<MetadataResource> definitions,
    List<ModelFile> others,
    List<ModelFile> examples,
    List<ModelFile> counterExamples) {

  private static final String EXAMPLES = "examples";
  private static final String VALID = "examples/valid";
  private static final String INVALID = "examples/invalid";

  static Model read(FhirContext context, Path... roots) throws IOException {
    List<ModelFile> files = new ArrayList<>();
    for (Path root : roots) {
      files.addAll(files(root));
    }
    Predicate<ModelFile> known =
        file -> isOfR4(context, file) && isCanonical(context.getResourceDefinition(file.type()));
    List<ModelFile> artefacts = files.stream().filter(file -> !file.isIn(EXAMPLES)).toList();
    List<MetadataResource> definitions =
        artefacts.stream()
            .filter(known)
            .map(file -> (MetadataResource) parse(context, file))
            .sorted(Comparator.comparing(Model::reference))
            .toList();
    return new Model(
        new Snapshots(context).fill(definitions),
        artefacts.stream().filter(known.negate()).toList(),
        files.stream().filter(file -> file.isIn(VALID)).toList(),
        files.stream().filter(file -> file.isIn(INVALID)).toList());
  }

  static boolean isOfR4(FhirContext context, ModelFile file) {
    return context.getResourceTypes().contains(file.type());
  }

  private static boolean isCanonical(RuntimeResourceDefinition type) {
    return MetadataResource.class.isAssignableFrom(type.getImplementingClass());
  }

  /** {@code StructureDefinition/fingerpost-task}. */
  static String reference(MetadataResource definition) {
    return definition.fhirType() + "/" + definition.getIdElement().getIdPart();
  }

  <T extends MetadataResource> List<T> definitions(Class<T> type) {
    return definitions.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** What describes resources, extensions left aside. */
  List<StructureDefinition> profiles() {
    return definitions(StructureDefinition.class).stream()
        .filter(definition -> !definition.getType().equals("Extension"))
        .toList();
  }

  List<StructureDefinition> extensions() {
    return definitions(StructureDefinition.class).stream()
        .filter(definition -> definition.getType().equals("Extension"))
        .toList();
  }

  /** The one version that all definitions bear. */
  String version() {
    List<String> versions =
        definitions.stream().map(MetadataResource::getVersion).distinct().toList();
    if (versions.size() != 1) {
      throw new IllegalStateException("The definitions have the versions " + versions);
    }
    return versions.get(0);
  }

  /** The day of the newest definition: the clock has no say in what is published. */
  String date() {
    return definitions.stream()
        .map(definition -> definition.getDateElement().getValueAsString())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static org.hl7.fhir.r4.model.Resource parse(FhirContext context, ModelFile file) {
    return (org.hl7.fhir.r4.model.Resource)
        context.newJsonParser().parseResource(file.content().toString());
  }

  private static List<ModelFile> files(Path root) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(root)) {
      paths = all.filter(path -> path.toString().endsWith(".json")).sorted().toList();
    }
    List<ModelFile> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(ModelFile.read(root, path));
    }
    return files;
  }
}
