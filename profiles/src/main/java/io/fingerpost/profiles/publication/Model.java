package io.fingerpost.profiles.publication;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * Everything the model consists of: whatever JSON lies in its folders, so that adding an artefact
 * is adding its file. Profiles and extensions have their snapshots.
 *
 * @param definitions what FHIR R4 has a type for
 * @param others what it has none for, such as ViewDefinition
 */
record Model(
    List<Resource> definitions,
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
    Set<String> types = context.getResourceTypes();
    Predicate<ModelFile> known = file -> types.contains(file.type());
    List<ModelFile> artefacts = files.stream().filter(file -> !file.isIn(EXAMPLES)).toList();
    List<Resource> definitions =
        artefacts.stream()
            .filter(known)
            .map(file -> parse(context, file))
            .sorted(Comparator.comparing(Model::reference))
            .toList();
    return new Model(
        new Snapshots(context).fill(definitions),
        artefacts.stream().filter(known.negate()).toList(),
        files.stream().filter(file -> file.isIn(VALID)).toList(),
        files.stream().filter(file -> file.isIn(INVALID)).toList());
  }

  /** {@code StructureDefinition/fingerpost-task}. */
  static String reference(Resource definition) {
    return definition.fhirType() + "/" + definition.getIdElement().getIdPart();
  }

  /** Its title, else its name; for what has neither, its id in words. */
  static String title(Resource definition) {
    if (definition instanceof MetadataResource named) {
      return named.hasTitle() ? named.getTitle() : named.getName();
    }
    return definition.getIdElement().getIdPart().replace('-', ' ');
  }

  <T extends Resource> List<T> definitions(Class<T> type) {
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
        definitions(MetadataResource.class).stream()
            .map(MetadataResource::getVersion)
            .distinct()
            .toList();
    if (versions.size() != 1) {
      throw new IllegalStateException("The definitions have the versions " + versions);
    }
    return versions.get(0);
  }

  /** The day of the newest definition: the clock has no say in what is published. */
  String date() {
    return definitions(MetadataResource.class).stream()
        .map(definition -> definition.getDateElement().getValueAsString())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static Resource parse(FhirContext context, ModelFile file) {
    return (Resource) context.newJsonParser().parseResource(file.content().toString());
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
