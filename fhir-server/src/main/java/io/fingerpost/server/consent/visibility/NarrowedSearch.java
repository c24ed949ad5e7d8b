package io.fingerpost.server.consent.visibility;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.consent.enforcement.ConsentEnforcement;
import io.fingerpost.server.consent.enforcement.Narrowed;
import io.fingerpost.server.consent.enforcement.PersonOf;
import io.fingerpost.server.consent.override.Overrides;
import java.util.Optional;
import java.util.Set;

/**
 * Narrows whatever is searched for to what the asker may see, where the store is asked: so that
 * pages, totals and counts are of that and of nothing else.
 */
@Interceptor
public final class NarrowedSearch {

  /** Before HAPI's consent interceptor refuses counts. */
  private static final int FIRST = -100;

  private final Audiences audiences;
  private final AudienceIndex index;
  private final Overrides overrides;
  private final Upkeep upkeep;

  NarrowedSearch(Audiences audiences, AudienceIndex index, Overrides overrides, Upkeep upkeep) {
    this.overrides = overrides;
    this.audiences = audiences;
    this.index = index;
    this.upkeep = upkeep;
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = FIRST)
  public void announced(RequestDetails request) {
    if (request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE
        && audienceOf(request).isPresent()) {
      Narrowed.mark(request);
    }
  }

  @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
  public void narrow(
      RequestDetails request, ICachedSearchDetails search, SearchParameterMap parameters) {
    if (request == null
        || !PersonOf.isSomebodys(search.getResourceType())
        || ConsentEnforcement.isFree(request)
        || AudienceIndex.isNarrowedToNothing(parameters)) {
      return;
    }
    if (NamedRecords.restrict(parameters, named -> visible(request, named))) {
      audienceOf(request).ifPresent(audience -> narrow(request, parameters, audience));
    } else {
      AudienceIndex.narrowToNothing(parameters);
    }
  }

  private Set<String> visible(RequestDetails request, Set<String> named) {
    Optional<Audience> audience = Caller.of(request).map(Audience::of).filter(audiences::isIndexed);
    upkeep.catchUp(request);
    return audience.map(indexed -> index.visibleTo(indexed, named)).orElse(Set.of());
  }

  /** Once: the server's interceptors are the store's as well, and a search by HTTP meets both. */
  private void narrow(RequestDetails request, SearchParameterMap parameters, Audience audience) {
    if (!AudienceIndex.isNarrowed(parameters, audience)) {
      upkeep.catchUp(request);
      AudienceIndex.narrow(parameters, audience);
    }
  }

  /**
   * Whoever is asked about, and indexed for. Who may set consent aside for somebody may see more
   * than the index says, and is left to the decision on each record.
   */
  private Optional<Audience> audienceOf(RequestDetails request) {
    return ConsentEnforcement.isFree(request)
        ? Optional.empty()
        : Caller.of(request)
            .filter(caller -> overrides.heldBy(caller).isEmpty())
            .map(Audience::of)
            .filter(audiences::isIndexed);
  }
}
