package io.fingerpost.server.outcomes;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r5.elementmodel.Element;
import org.hl7.fhir.r5.elementmodel.Manager;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.r5.model.Base;
import org.hl7.fhir.r5.model.StringType;
import org.hl7.fhir.r5.utils.sql.Provider;
import org.hl7.fhir.r5.utils.sql.Runner;
import org.hl7.fhir.utilities.json.model.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL-on-FHIR ViewDefinitions with HL7's runner, one resource at a time. The runner is of R5;
 * it reads R4 resources as trees described by R4 definitions, so that paths are R4 paths.
 */
final class ViewRunner {
  private final FhirContext fhir;
  private final WorkerContextValidationSupportAdapter definitions;

  /** Costs little; the first run then reads R4's definitions, which takes a second or two. */
  ViewRunner(FhirContext fhir) {
    this.fhir = fhir;
    this.definitions =
        new WorkerContextValidationSupportAdapter(new DefaultProfileValidationSupport(fhir));
  }

  /** Begins a table; the definition must be one that {@link ViewDefinition#forRunner} gave. */
  Run begin(JsonObject definition, RowStorage storage) {
    Runner runner = new Runner();
    runner.setContext(definitions);
    runner.setProvider(new References());
    runner.setStorage(storage);
    return new Run(runner, runner.prepare("$", definition));
  }

  /** A table being written. */
  final class Run {
    private final Runner runner;
    private final Runner.WorkContext work;

    private Run(Runner runner, Runner.WorkContext work) {
      this.runner = runner;
      this.work = work;
    }

    void add(IBaseResource resource) throws IOException {
      add(fhir.newJsonParser().encodeResourceToString(resource));
    }

    void add(String json) throws IOException {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      Element tree =
          Manager.parseSingle(definitions, new ByteArrayInputStream(bytes), FhirFormat.JSON);
      runner.processResource(work, tree);
    }

    void end() {
      runner.finish(work);
    }
  }

  /** The key of a reference is the id in it: nothing is fetched. */
  private static final class References implements Provider {

    @Override
    public List<Base> fetch(String resourceType) {
      throw new UnsupportedOperationException("Resources are handed to the run one by one.");
    }

    @Override
    public @Nullable Base resolveReference(
        @Nullable Base root, String reference, @Nullable String type) {
      IdType target = new IdType(reference);
      boolean isOfType = type == null || type.equals(target.getResourceType());
      return isOfType && target.hasIdPart() ? new StringType(target.getIdPart()) : null;
    }
  }
}
