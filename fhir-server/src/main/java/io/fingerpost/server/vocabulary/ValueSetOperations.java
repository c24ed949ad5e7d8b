package io.fingerpost.server.vocabulary;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code ValueSet/$expand} and {@code ValueSet/$validate-code}, of our value sets, FHIR's own, and
 * those of the terminology server. A value set of the caller's own is not taken: what it would cost
 * nobody knows.
 */
public final class ValueSetOperations implements IResourceProvider {

  private final ValueSets valueSets;

  ValueSetOperations(ValueSets valueSets) {
    this.valueSets = valueSets;
  }

  @Override
  public Class<ValueSet> getResourceType() {
    return ValueSet.class;
  }

  @Operation(name = "$expand", idempotent = true)
  public ValueSet expand(
      @IdParam(optional = true) @Nullable IdType id,
      @OperationParam(name = "url") @Nullable UriType url,
      @OperationParam(name = "filter") @Nullable StringType filter,
      @OperationParam(name = "offset") @Nullable IntegerType offset,
      @OperationParam(name = "count") @Nullable IntegerType count,
      RequestDetails request) {
    Parameter.requireOnly(Set.of("url", "filter", "offset", "count"), request);
    Page page = Page.of(Parameter.text(filter), offset, count);
    return valueSets.expand(id, Parameter.text(url), page);
  }

  @Operation(name = "$validate-code", idempotent = true)
  public Parameters validate(
      @IdParam(optional = true) @Nullable IdType id,
      @OperationParam(name = "url") @Nullable UriType url,
      @OperationParam(name = "system") @Nullable UriType system,
      @OperationParam(name = "code") @Nullable CodeType code,
      @OperationParam(name = "coding") @Nullable Coding coding,
      RequestDetails request) {
    Parameter.requireOnly(Set.of("url", "system", "code", "coding"), request);
    return valueSets.validate(id, Parameter.text(url), Parameter.coding(coding, system, code));
  }
}
