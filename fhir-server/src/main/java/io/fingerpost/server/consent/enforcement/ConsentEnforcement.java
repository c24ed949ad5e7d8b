package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentOutcome;
import ca.uhn.fhir.rest.server.interceptor.consent.IConsentContextServices;
import ca.uhn.fhir.rest.server.interceptor.consent.IConsentService;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import io.fingerpost.server.consent.decision.ShareDecision;
import io.fingerpost.server.consent.decision.ShareReason;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/**
 * Applies the decision to every resource the FHIR API is about to show. Whoever is not the scheme
 * itself is asked about; there is no setting that turns this off.
 */
public final class ConsentEnforcement implements IConsentService {

  private final RequestDecisions decisions;

  ConsentEnforcement(RequestDecisions decisions) {
    this.decisions = decisions;
  }

  /**
   * The scheme holds the records, and the program itself stores them: for these the whole request
   * is free. For everyone else the answers are PROCEED or REJECT, never AUTHORIZED: that, on a
   * Bundle, would let its entries pass unasked.
   */
  @Override
  public ConsentOutcome startOperation(RequestDetails request, IConsentContextServices services) {
    return isFree(request) ? ConsentOutcome.AUTHORIZED : ConsentOutcome.PROCEED;
  }

  public static boolean isFree(RequestDetails request) {
    return ProgramItself.is(request)
        || Caller.of(request).map(caller -> caller.is(Role.SCHEME)).orElse(false);
  }

  @Override
  public boolean shouldProcessCanSeeResource(
      RequestDetails request, IConsentContextServices services) {
    return !isFree(request);
  }

  @Override
  public ConsentOutcome canSeeResource(
      RequestDetails request, IBaseResource resource, IConsentContextServices services) {
    return isFree(request)
            || isOperatorsRecord(request, resource)
            || decisions.about(request, resource).permits()
        ? ConsentOutcome.PROCEED
        : ConsentOutcome.REJECT;
  }

  @Override
  public ConsentOutcome willSeeResource(
      RequestDetails request, IBaseResource resource, IConsentContextServices services) {
    if (isFree(request) || isOperatorsRecord(request, resource)) {
      return ConsentOutcome.PROCEED;
    }
    ShareDecision decision = decisions.about(request, resource);
    if (!decision.permits()) {
      return ConsentOutcome.REJECT;
    }
    return decision.reason() == ShareReason.OWN_RECORD && resource instanceof Task task
        ? new ConsentOutcome(ConsentOutcome.PROCEED.getStatus(), statusOnly(task))
        : ConsentOutcome.PROCEED;
  }

  /** Who asked for what, and where it came from, is for operators to see, and for no partner. */
  static boolean isOperatorsRecord(RequestDetails request, IBaseResource resource) {
    return (resource instanceof AuditEvent || resource instanceof Provenance)
        && Caller.of(request).map(caller -> caller.is(Role.OPERATOR)).orElse(false);
  }

  /** A sender learns how its referral stands, not what the scheme has written beside it. */
  private static Resource statusOnly(Task task) {
    Task shown = new Task();
    shown.setId(task.getIdElement());
    shown.setMeta(task.getMeta());
    shown.setStatus(task.getStatus()).setStatusReason(task.getStatusReason());
    shown.setBusinessStatus(task.getBusinessStatus()).setIntent(task.getIntent());
    shown.setCode(task.getCode()).setFocus(task.getFocus()).setFor(task.getFor());
    shown.setRequester(task.getRequester()).setOwner(task.getOwner());
    shown.setAuthoredOnElement(task.getAuthoredOnElement());
    shown.setLastModifiedElement(task.getLastModifiedElement());
    return shown;
  }
}
