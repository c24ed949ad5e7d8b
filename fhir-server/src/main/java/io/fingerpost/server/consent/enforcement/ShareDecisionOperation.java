package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import io.fingerpost.server.audit.Decided;
import io.fingerpost.server.audit.DecisionAudit;
import io.fingerpost.server.consent.decision.Recipient;
import io.fingerpost.server.consent.decision.ResourceFacts;
import io.fingerpost.server.consent.decision.ShareDecision;
import io.fingerpost.terminology.SystemUrl;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /fhir/$share-decision}: why may, or may not, this organisation have this about this
 * person now. Asked by the routes before anything is sent, and by operators afterwards.
 */
public final class ShareDecisionOperation {

  private final ShareDecisions decisions;
  private final DaoRegistry daos;
  private final DecisionAudit audit;

  ShareDecisionOperation(ShareDecisions decisions, DaoRegistry daos, DecisionAudit audit) {
    this.decisions = decisions;
    this.daos = daos;
    this.audit = audit;
  }

  /**
   * @param organisation ODS code of the recipient
   * @param kind its kind: gp, hospital, housing …; consents may name a kind
   * @param purpose v3-ActReason code; TREAT when absent
   * @param resource reference of what would be shared; or else {@code patient} with {@code
   *     resourceType}
   * @return Parameters: permitted (boolean), reason (Coding), basis (Reference, where a consent
   *     decided)
   */
  @Operation(name = "$share-decision")
  public Parameters decide(
      @OperationParam(name = "organisation", min = 1) StringType organisation,
      @OperationParam(name = "kind") @Nullable StringType kind,
      @OperationParam(name = "purpose") @Nullable CodeType purpose,
      @OperationParam(name = "resource") @Nullable Reference resource,
      @OperationParam(name = "patient") @Nullable Reference patient,
      @OperationParam(name = "resourceType") @Nullable CodeType resourceType,
      RequestDetails request) {
    requireMayAsk(request);
    Recipient recipient =
        new Recipient(
            OdsCode.parse(organisation.getValue())
                .orElseThrow(() -> new InvalidRequestException("organisation is not an ODS code."))
                .value(),
            kind == null ? "" : kind.getValue());
    String why = purpose == null ? "TREAT" : purpose.getValue();
    if (resource != null) {
      return ofResource(recipient, why, resource, request);
    }
    if (patient == null || resourceType == null) {
      throw new InvalidRequestException("Give resource, or patient with resourceType.");
    }
    String person = patient.getReferenceElement().toUnqualifiedVersionless().getValue();
    ResourceFacts facts = ResourceFacts.ofType(resourceType.getValue());
    return answer(
        recipient,
        why,
        Set.of(person),
        "",
        decisions.decide(person, recipient, why, facts),
        request);
  }

  /** Why somebody may not see something tells of it: it is for the scheme and its operators. */
  private static void requireMayAsk(RequestDetails request) {
    boolean may =
        ProgramItself.is(request)
            || Caller.of(request)
                .map(caller -> caller.is(Role.OPERATOR) || caller.is(Role.SCHEME))
                .orElse(false);
    if (!may) {
      throw new ForbiddenOperationException("not open to partners");
    }
  }

  private Parameters ofResource(
      Recipient recipient, String purpose, Reference asked, RequestDetails request) {
    IdType id = new IdType(asked.getReference());
    Resource resource =
        (Resource) daos.getResourceDao(id.getResourceType()).read(id, new SystemRequestDetails());
    Set<String> people =
        PersonOf.in(resource) instanceof PersonOf.People about ? about.references() : Set.of();
    return answer(
        recipient,
        purpose,
        people,
        id.toUnqualifiedVersionless().getValue(),
        decisions.decide(recipient, purpose, resource, new ConcurrentHashMap<>()),
        request);
  }

  private Parameters answer(
      Recipient recipient,
      String purpose,
      Set<String> people,
      String resource,
      ShareDecision decision,
      RequestDetails request) {
    String client = Caller.of(request).map(Caller::client).orElse("fingerpost");
    audit.record(
        Set.of(
            new Decided(
                client,
                recipient.organisation(),
                purpose,
                people,
                resource,
                decision.permits(),
                decision.reason().name(),
                decision.basis())));
    Parameters answer = new Parameters();
    answer.addParameter("permitted", new BooleanType(decision.permits()));
    answer.addParameter(
        "reason",
        new Coding().setSystem(SystemUrl.SHARE_REASON.url()).setCode(decision.reason().name()));
    if (!decision.basis().isEmpty()) {
      answer.addParameter("basis", new Reference(decision.basis()));
    }
    return answer;
  }
}
