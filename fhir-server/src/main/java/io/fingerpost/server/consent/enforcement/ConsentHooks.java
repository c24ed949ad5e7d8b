package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.UnsignedIntType;

/**
 * Where HAPI asks about consent. HAPI refuses everybody a bare count ({@code _summary=count}) and
 * takes out totals, for it counts before anything is hidden; whoever has nothing hidden from it, or
 * finds only what it may see, is let count.
 */
@Interceptor
public final class ConsentHooks extends ConsentInterceptor {

  private final RequestDecisions decisions;

  public ConsentHooks(ConsentEnforcement consent, RequestDecisions decisions) {
    super(consent);
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

  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  @Override
  public void interceptOutgoingResponse(RequestDetails request, ResponseDetails response) {
    UnsignedIntType total =
        response.getResponseResource() instanceof Bundle counted && Narrowed.is(request)
            ? counted.getTotalElement().copy()
            : new UnsignedIntType();
    super.interceptOutgoingResponse(request, response);
    if (total.hasValue()
        && response.getResponseResource() instanceof Bundle shown
        && shown.getEntry().stream().allMatch(Bundle.BundleEntryComponent::hasResource)) {
      shown.setTotalElement(total);
    }
  }
}
