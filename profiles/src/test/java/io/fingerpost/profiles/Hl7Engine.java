package io.fingerpost.profiles;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import io.fingerpost.profiles.publication.Publication;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.r5.utils.validation.constants.ReferenceValidationPolicy;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidationEngine;
import org.hl7.fhir.validation.instance.advisor.BasePolicyAdvisorForFullValidation;
import org.hl7.fhir.validation.service.model.InstanceValidatorParameters;
import org.jspecify.annotations.Nullable;

/**
 * HL7's own validator as its command line runs it, without a terminology server and without the
 * network: FHIR R4 is made a package of what HAPI brings, and our package is the one that the build
 * publishes. Making one takes some seconds, so there is one for all tests.
 */
final class Hl7Engine {
  private static final Path WORK = Path.of("target/hl7-validator");
  private static final String CORE = "hl7.fhir.r4.core";
  private static final String CORE_VERSION = "4.0.1";

  private static final Pattern SDC_NOT_AT_HAND =
      Pattern.compile(
          "^(The extension|No definition could be found for URL value)"
              + " '?http://hl7\\.org/fhir/uv/sdc/StructureDefinition/[A-Za-z-]+"
              + "('| could not be found so is not allowed here)$");

  private static @Nullable ValidationEngine withOurPackage;

  private Hl7Engine() {}

  static synchronized ValidationEngine withOurPackage() throws IOException, URISyntaxException {
    ValidationEngine engine = withOurPackage;
    if (engine == null) {
      engine = withOurPackageAnd(List.of());
      withOurPackage = engine;
    }
    return engine;
  }

  /** One that knows the definitions in some folders too. */
  static ValidationEngine withOurPackageAnd(List<Path> folders)
      throws IOException, URISyntaxException {
    ValidationEngine engine = withFhirAlone();
    load(engine, publish());
    for (Path folder : folders) {
      load(engine, folder);
    }
    return engine;
  }

  private static void load(ValidationEngine engine, Path source) throws IOException {
    engine.getIgLoader().loadIg(engine.getIgs(), engine.getBinaries(), source.toString(), true);
  }

  static List<ValidationMessage> messages(ValidationEngine engine, byte[] json, String... profiles)
      throws IOException {
    List<ValidationMessage> messages = new ArrayList<>();
    try {
      engine.validate(json, FhirFormat.JSON, List.of(profiles), messages);
    } catch (Exception e) {
      // HL7 declares one of its own, of a type that cannot be named here.
      throw new IOException(e);
    }
    return messages;
  }

  /**
   * The errors, but for a definition of HL7's own that is not at hand: the extensions of its guide
   * to questionnaires (SDC), which has no package that could be had without the network.
   */
  static List<ValidationMessage> errors(List<ValidationMessage> messages) {
    return messages.stream()
        .filter(message -> message.getLevel().isError())
        .filter(message -> !SDC_NOT_AT_HAND.matcher(message.getMessage()).find())
        .toList();
  }

  private static Path publish() throws IOException {
    Path folder = WORK.resolve("published");
    Publication.main(folder.toString(), "src/main/resources", "../terminology/src/main/resources");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tgz")).findFirst().orElseThrow();
    }
  }

  private static ValidationEngine withFhirAlone() throws IOException, URISyntaxException {
    String home = Objects.requireNonNull(System.getProperty("user.home"));
    // HL7's cache of packages has its place there, and must not be the developer's own.
    System.setProperty("user.home", WORK.toAbsolutePath().toString());
    try {
      Path packages = WORK.resolve(".fhir/packages");
      Files.createDirectories(packages);
      Files.writeString(packages.resolve("packages.ini"), "[cache]\nversion=3\n");
      Path core = manifest(packages, CORE, CORE_VERSION, "Core");
      for (IBaseResource resource :
          new DefaultProfileValidationSupport(ProfileValidatorTest.CONTEXT)
              .fetchAllConformanceResources()) {
        String name = resource.fhirType() + "-" + resource.getIdElement().getIdPart() + ".json";
        Files.writeString(
            core.resolve(name),
            ProfileValidatorTest.CONTEXT.newJsonParser().encodeResourceToString(resource));
      }
      // Extensions of other FHIR versions: HL7 wants the package, we use none of them.
      manifest(packages, "hl7.fhir.xver-extensions", "0.1.0", "Tool");
      ValidationEngine engine =
          new ValidationEngine.ValidationEngineBuilder()
              .withVersion(CORE_VERSION)
              .withNoTerminologyServer()
              .withDefaultInstanceValidatorParameters(parameters())
              .fromSource(CORE + "#" + CORE_VERSION);
      // The command line looks up nothing that is referred to; types are checked here all the same.
      engine.setPolicyAdvisor(
          new BasePolicyAdvisorForFullValidation(
              ReferenceValidationPolicy.CHECK_TYPE_IF_EXISTS, Set.of()));
      return engine;
    } finally {
      System.setProperty("user.home", home);
    }
  }

  /**
   * On the command line: {@code -assumeValidRestReferences} and {@code -extension
   * https://fhir.hl7.org.uk/}.
   */
  private static InstanceValidatorParameters parameters() {
    InstanceValidatorParameters parameters = new InstanceValidatorParameters();
    parameters.setAssumeValidRestReferences(true);
    parameters.setExtensions(List.of("https://fhir.hl7.org.uk/"));
    return parameters;
  }

  private static Path manifest(Path packages, String name, String version, String type)
      throws IOException {
    Path folder = packages.resolve(name + "#" + version).resolve("package");
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("package.json"),
        """
        {
          "name": "%s",
          "version": "%s",
          "type": "%s",
          "canonical": "http://hl7.org/fhir",
          "fhirVersions": ["%s"]
        }
        """
            .formatted(name, version, type, CORE_VERSION));
    return folder;
  }
}
