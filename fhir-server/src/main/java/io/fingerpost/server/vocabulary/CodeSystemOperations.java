package io.fingerpost.server.vocabulary;

import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.CodeValidationResult;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/**
 * {@code CodeSystem/$validate-code} and {@code CodeSystem/$lookup}, of our code systems, FHIR's
 * own, and those of the terminology server.
 */
public final class CodeSystemOperations implements IResourceProvider {

  private final PublishedDefinitions definitions;
  private final IValidationSupport known;
  private final Optional<TerminologyServer> server;

  CodeSystemOperations(
      PublishedDefinitions definitions,
      IValidationSupport known,
      Optional<TerminologyServer> server) {
    this.definitions = definitions;
    this.known = known;
    this.server = server;
  }

  @Override
  public Class<CodeSystem> getResourceType() {
    return CodeSystem.class;
  }

  @Operation(name = "$validate-code", idempotent = true)
  public Parameters validate(
      @IdParam(optional = true) @Nullable IdType id,
      @OperationParam(name = "url") @Nullable UriType url,
      @OperationParam(name = "code") @Nullable CodeType code,
      @OperationParam(name = "coding") @Nullable Coding coding,
      RequestDetails request) {
    Parameter.requireOnly(Set.of("url", "code", "coding"), request);
    Coding asked = Parameter.coding(coding, new UriType(system(id, Parameter.text(url))), code);
    if (server.isPresent() && server.get().answersFor(asked.getSystem())) {
      return server.get().validate(asked);
    }
    CodeValidationResult result =
        known.validateCode(
            new ValidationSupportContext(known),
            new ConceptValidationOptions(),
            asked.getSystem(),
            asked.getCode(),
            null,
            null);
    if (result == null) {
      throw Refused.unknown();
    }
    return Verdict.of(result.isOk(), result.getDisplay(), "The code system has no such code.");
  }

  private String system(@Nullable IdType id, String url) {
    return id == null || !id.hasIdPart()
        ? url
        : definitions.byId(CodeSystem.class, id.getIdPart()).orElseThrow(Refused::unknown).getUrl();
  }

  @Operation(name = "$lookup", idempotent = true)
  public Parameters lookup(
      @OperationParam(name = "system") @Nullable UriType system,
      @OperationParam(name = "code") @Nullable CodeType code,
      @OperationParam(name = "coding") @Nullable Coding coding,
      RequestDetails request) {
    Parameter.requireOnly(Set.of("system", "code", "coding"), request);
    Coding asked = Parameter.coding(coding, system, code);
    if (server.isPresent() && server.get().answersFor(asked.getSystem())) {
      return server.get().lookup(asked);
    }
    if (!(known.fetchCodeSystem(asked.getSystem()) instanceof CodeSystem found)) {
      throw Refused.unknown();
    }
    ConceptDefinitionComponent concept =
        all(found.getConcept())
            .filter(one -> one.getCode().equals(asked.getCode()))
            .findFirst()
            .orElseThrow(Refused::unknownCode);
    Parameters answer = new Parameters();
    answer.addParameter("name", new StringType(found.getName()));
    if (found.hasVersion()) {
      answer.addParameter("version", new StringType(found.getVersion()));
    }
    answer.addParameter("display", new StringType(concept.getDisplay()));
    if (concept.hasDefinition()) {
      answer.addParameter("definition", new StringType(concept.getDefinition()));
    }
    return answer;
  }

  private static Stream<ConceptDefinitionComponent> all(List<ConceptDefinitionComponent> concepts) {
    return concepts.stream()
        .flatMap(concept -> Stream.concat(Stream.of(concept), all(concept.getConcept())));
  }
}
