package io.fingerpost.routes.store;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.repository.impl.GenericClientRepository;
import ca.uhn.fhir.rest.api.SearchStyleEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.gclient.IClientExecutable;
import ca.uhn.fhir.rest.gclient.ICriterion;
import ca.uhn.fhir.rest.gclient.ICriterionInternal;
import ca.uhn.fhir.rest.gclient.IParam;
import ca.uhn.fhir.rest.gclient.IQuery;
import com.google.common.collect.Multimap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/**
 * The store as routes in a process of their own reach it: its FHIR API. What a search is about goes
 * in the body, for people are searched by their NHS number and addresses end in logs.
 */
final class FhirOverHttp extends GenericClientRepository {

  FhirOverHttp(IGenericClient client) {
    super(client);
  }

  @Override
  public <B extends IBaseBundle, T extends IBaseResource> B search(
      Class<B> bundleType,
      Class<T> resourceType,
      @Nullable Multimap<String, List<IQueryParameterType>> parameters,
      @Nullable Map<String, String> headers) {
    IQuery<IBaseBundle> all = getClient().search().forResource(resourceType);
    IQuery<B> query = all.returnBundle(bundleType).usingStyle(SearchStyleEnum.POST);
    if (parameters != null) {
      parameters.entries().forEach(each -> query.where(new Either(each.getKey(), each.getValue())));
    }
    return addHeaders(query, headers).execute();
  }

  /** Any of these values: HAPI's client would ask for all of them at once. */
  private record Either(String name, List<IQueryParameterType> values)
      implements ICriterion<IParam>, ICriterionInternal {

    @Override
    public String getParameterName() {
      return name;
    }

    @Override
    public String getParameterValue(FhirContext context) {
      return values.stream()
          .map(IQueryParameterType::getValueAsQueryToken)
          .collect(Collectors.joining(","));
    }
  }

  /** How a body is written is for the client to say, once. */
  @Override
  protected <T extends IClientExecutable<T, ?>> T addHeaders(
      T request, @Nullable Map<String, String> headers) {
    Map<String, String> wanted = headers == null ? new HashMap<>() : new HashMap<>(headers);
    wanted.remove("Content-Type");
    return super.addHeaders(request, wanted);
  }
}
