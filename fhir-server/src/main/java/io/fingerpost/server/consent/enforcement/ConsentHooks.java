package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentOperationStatusEnum;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentOutcome;
import ca.uhn.fhir.rest.server.interceptor.consent.IConsentContextServices;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;

/**
 * Where HAPI asks about consent. HAPI refuses everybody a bare count ({@code _summary=count}) and
 * takes out totals, for it counts before anything is hidden; whoever has nothing hidden from it, or
 * finds only what it may see, is let count.
 */
@Interceptor
public final class ConsentHooks extends ConsentInterceptor {

  private static final Set<BundleType> LISTS = EnumSet.of(BundleType.SEARCHSET, BundleType.HISTORY);

  private static final Set<RestOperationTypeEnum> SEARCHES =
      EnumSet.of(RestOperationTypeEnum.SEARCH_TYPE, RestOperationTypeEnum.GET_PAGE);

  /** What they show is what was said in them. */
  private static final Set<RestOperationTypeEnum> SAID =
      EnumSet.of(RestOperationTypeEnum.CREATE, RestOperationTypeEnum.UPDATE);

  private final ConsentEnforcement consent;
  private final RequestDecisions decisions;

  public ConsentHooks(ConsentEnforcement consent, RequestDecisions decisions) {
    super(consent);
    this.consent = consent;
    this.decisions = decisions;
  }

  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
  @Override
  public void interceptPreHandled(RequestDetails request) {
    if (ConsentEnforcement.isFree(request)) {
      authorizeRequest(request);
    } else if (!Narrowed.is(request)) {
      super.interceptPreHandled(request);
    }
  }

  /**
   * What a narrowed search finds is decided on when it is shown. Deciding here as well would load
   * it twice: a search knows ids, not records.
   */
  @Hook(Pointcut.STORAGE_PREACCESS_RESOURCES)
  @Override
  public void interceptPreAccess(RequestDetails request, IPreResourceAccessDetails accessed) {
    if (request == null || ConsentEnforcement.isFree(request)) {
      super.interceptPreAccess(request, accessed);
    } else if (!isNarrowedSearch(request)) {
      expect(request, accessed.size(), accessed::getResource);
      super.interceptPreAccess(request, accessed);
    }
  }

  private static boolean isNarrowedSearch(RequestDetails request) {
    return Narrowed.is(request) && SEARCHES.contains(request.getRestOperationType());
  }

  @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
  @Override
  public void interceptPreShow(RequestDetails request, IPreResourceShowDetails shown) {
    if (request == null || ProgramItself.is(request)) {
      super.interceptPreShow(request, shown);
      return;
    }
    if (ConsentEnforcement.isFree(request)) {
      super.interceptPreShow(request, shown);
      if (!SAID.contains(request.getRestOperationType())) {
        decisions.ownRecords(request, present(shown.size(), shown::getResource));
      }
      return;
    }
    expect(request, shown.size(), shown::getResource);
    long before = records(shown);
    super.interceptPreShow(request, shown);
    if (records(shown) < before) {
      Narrowed.unmark(request);
    }
  }

  private static long records(IPreResourceShowDetails shown) {
    return present(shown.size(), shown::getResource).size();
  }

  /** The consents of all who are on a page are read at once. */
  private void expect(RequestDetails request, int size, IntFunction<IBaseResource> page) {
    decisions.expect(request, present(size, page));
  }

  private static List<IBaseResource> present(int size, IntFunction<IBaseResource> page) {
    return IntStream.range(0, size).mapToObj(page).filter(Objects::nonNull).toList();
  }

  /**
   * HAPI visits every element of what goes out, in search of resources. In a list they are its
   * entries, and what these contain.
   */
  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  @Override
  public void interceptOutgoingResponse(RequestDetails request, ResponseDetails response) {
    if (response.getResponseResource() instanceof Bundle list
        && LISTS.contains(list.getType())
        && !ConsentEnforcement.isFree(request)) {
      list.getEntry().forEach(entry -> show(request, entry));
      boolean whole = list.getEntry().stream().allMatch(BundleEntryComponent::hasResource);
      if (!Narrowed.is(request) || !whole) {
        list.setTotalElement(null);
      }
    } else {
      super.interceptOutgoingResponse(request, response);
    }
  }

  private void show(RequestDetails request, BundleEntryComponent entry) {
    if (!entry.hasResource()) {
      return;
    }
    ConsentOutcome outcome =
        consent.willSeeResource(request, entry.getResource(), IConsentContextServices.NULL_IMPL);
    if (outcome.getStatus() == ConsentOperationStatusEnum.REJECT) {
      entry.setResource(null);
    } else if (outcome.getResource() instanceof Resource cut) {
      entry.setResource(cut);
    }
    if (entry.getResource() instanceof DomainResource shown) {
      shown.getContained().removeIf(inside -> PersonOf.isSomebodys(inside.fhirType()));
    }
  }
}
