package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentOperationStatusEnum;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentOutcome;
import ca.uhn.fhir.rest.server.interceptor.consent.IConsentContextServices;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

  /** The consents of all who are on a page are read at once. */
  @Hook(Pointcut.STORAGE_PREACCESS_RESOURCES)
  @Override
  public void interceptPreAccess(RequestDetails request, IPreResourceAccessDetails accessed) {
    if (request != null && !ConsentEnforcement.isFree(request)) {
      List<IBaseResource> page =
          IntStream.range(0, accessed.size()).mapToObj(accessed::getResource).toList();
      decisions.expect(request, page);
    }
    super.interceptPreAccess(request, accessed);
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
