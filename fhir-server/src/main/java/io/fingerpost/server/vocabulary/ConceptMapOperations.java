package io.fingerpost.server.vocabulary;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/**
 * {@code ConceptMap/$translate}: what our maps say about a code, as they say it. The row of a code
 * that is deliberately unmapped is given with its reason, and the result is no.
 */
public final class ConceptMapOperations implements IResourceProvider {

  private static final Set<String> TAKEN =
      Set.of("url", "system", "code", "coding", "targetsystem");

  private final PublishedDefinitions definitions;
  private final Optional<TerminologyServer> server;

  ConceptMapOperations(PublishedDefinitions definitions, Optional<TerminologyServer> server) {
    this.definitions = definitions;
    this.server = server;
  }

  /** A row of a map that is about the code. */
  private record Row(
      ConceptMap map, ConceptMapGroupComponent group, TargetElementComponent target) {
    boolean isMatch() {
      return target.hasCode()
          && target.getEquivalence() != ConceptMapEquivalence.UNMATCHED
          && target.getEquivalence() != ConceptMapEquivalence.DISJOINT;
    }
  }

  @Override
  public Class<ConceptMap> getResourceType() {
    return ConceptMap.class;
  }

  @Operation(name = "$translate", idempotent = true)
  public Parameters translate(
      @IdParam(optional = true) @Nullable IdType id,
      @OperationParam(name = "url") @Nullable UriType url,
      @OperationParam(name = "system") @Nullable UriType system,
      @OperationParam(name = "code") @Nullable CodeType code,
      @OperationParam(name = "coding") @Nullable Coding coding,
      @OperationParam(name = "targetsystem") @Nullable UriType targetSystem,
      RequestDetails request) {
    Parameter.requireOnly(TAKEN, request);
    Coding asked = Parameter.coding(coding, system, code);
    String target = Parameter.text(targetSystem);
    Optional<List<ConceptMap>> maps = maps(id, Parameter.text(url));
    List<Row> rows =
        maps.orElse(List.of()).stream()
            .flatMap(map -> map.getGroup().stream().flatMap(group -> rows(map, group, asked)))
            .filter(row -> target.isEmpty() || target.equals(row.group().getTarget()))
            .toList();
    boolean elsewhere =
        maps.isEmpty() || rows.isEmpty() && server.isPresent() && id == null && url == null;
    if (elsewhere && server.isPresent()) {
      return server.get().translate(Parameter.text(url), asked, target);
    }
    if (maps.isEmpty()) {
      throw Refused.unknown();
    }
    return answer(rows);
  }

  /** The map that is named, or all; empty where one is named that is not ours. */
  private Optional<List<ConceptMap>> maps(@Nullable IdType id, String url) {
    if (id != null && id.hasIdPart()) {
      return Optional.of(
          List.of(
              definitions.byId(ConceptMap.class, id.getIdPart()).orElseThrow(Refused::unknown)));
    }
    return url.isEmpty()
        ? Optional.of(definitions.all(ConceptMap.class))
        : definitions.byUrl(ConceptMap.class, url).map(List::of);
  }

  private static Stream<Row> rows(ConceptMap map, ConceptMapGroupComponent group, Coding asked) {
    return asked.getSystem().equals(group.getSource())
        ? group.getElement().stream()
            .filter(element -> asked.getCode().equals(element.getCode()))
            .flatMap(element -> element.getTarget().stream())
            .map(target -> new Row(map, group, target))
        : Stream.of();
  }

  private static Parameters answer(List<Row> rows) {
    boolean matched = rows.stream().anyMatch(Row::isMatch);
    Parameters answer = new Parameters();
    answer.addParameter("result", new BooleanType(matched));
    if (rows.isEmpty()) {
      answer.addParameter("message", new StringType("No map has the code."));
    } else if (!matched) {
      answer.addParameter("message", new StringType(rows.get(0).target().getComment()));
    }
    for (Row row : rows) {
      ParametersParameterComponent match = answer.addParameter().setName("match");
      match
          .addPart()
          .setName("equivalence")
          .setValue(new CodeType(row.target().getEquivalence().toCode()));
      if (row.isMatch()) {
        match
            .addPart()
            .setName("concept")
            .setValue(
                new Coding().setSystem(row.group().getTarget()).setCode(row.target().getCode()));
      }
      match.addPart().setName("source").setValue(new UriType(row.map().getUrl()));
    }
    return answer;
  }
}
