package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import io.fingerpost.profiles.matching.MatchTask;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import io.fingerpost.server.audit.DecisionAudit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/**
 * Closes what deciding resource by resource leaves open for those who need consent: searches that
 * answer about a person without showing anything of the person's, and operations on what may not be
 * seen. And it has every decision recorded before the answer leaves.
 */
@Interceptor
public final class PartnerRequests {

  /** After HAPI's consent interceptor has taken out what may not be seen. */
  private static final int LAST = 1000;

  /** Each would tell of a person by which organisation or practitioner is found. */
  private static final Set<String> REFUSED =
      Set.of("_has", "_filter", "_list", "_query", "_text", "_content", "visible-to");

  private static final Set<RestOperationTypeEnum> OF_ALL_RECORDS =
      EnumSet.of(
          RestOperationTypeEnum.HISTORY_TYPE,
          RestOperationTypeEnum.HISTORY_SYSTEM,
          RestOperationTypeEnum.META);

  private static final Set<RestOperationTypeEnum> DECIDED_WHEN_SHOWN =
      EnumSet.of(RestOperationTypeEnum.READ, RestOperationTypeEnum.VREAD);

  private static final Set<String> OPEN_CHAINS =
      Set.of("patient.identifier", "patient:Patient.identifier");

  private final DaoRegistry daos;
  private final NamedPeople named;
  private final RequestDecisions decisions;
  private final DecisionAudit audit;

  PartnerRequests(DaoRegistry daos, RequestDecisions decisions, DecisionAudit audit) {
    this.daos = daos;
    this.named = new NamedPeople(daos);
    this.decisions = decisions;
    this.audit = audit;
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = LAST)
  public void before(RequestDetails request) {
    if (ConsentEnforcement.isFree(request)) {
      return;
    }
    RestOperationTypeEnum operation = request.getRestOperationType();
    if (operation == RestOperationTypeEnum.SEARCH_TYPE) {
      search(request);
    } else if (OF_ALL_RECORDS.contains(operation) && request.getId() == null) {
      // How much changed, and when, or what is marked how, tells of people with nothing to see.
      throw new ForbiddenOperationException("not open to partners");
    } else if (request.getId() != null
        && !DECIDED_WHEN_SHOWN.contains(operation)
        && PersonOf.isSomebodys(request.getResourceName())) {
      requireVisible(request);
    }
  }

  private static void search(RequestDetails request) {
    Map<String, String[]> parameters = new HashMap<>(request.getParameters());
    for (String name : parameters.keySet()) {
      if (REFUSED.stream().anyMatch(name::contains) || isHiddenChain(name)) {
        throw new InvalidRequestException("This search parameter is not open to partners.");
      }
    }
    for (String sort : parameters.getOrDefault(Constants.PARAM_SORT, new String[0])) {
      // The order would tell of what is chained to.
      if (sort.contains(".") || REFUSED.stream().anyMatch(sort::contains)) {
        throw new InvalidRequestException("This order is not open to partners.");
      }
    }
    if (!Narrowed.is(request)) {
      parameters.remove(Constants.PARAM_SEARCH_TOTAL_MODE);
      request.setParameters(parameters);
    }
  }

  /**
   * A chain asks about another resource through one the client may see, and would tell of what it
   * may not see there; so would an identifier in a reference that is masked when it is shown. The
   * one that is open asks by the identifier the client has itself.
   */
  private static boolean isHiddenChain(String name) {
    return (name.contains(".") || name.endsWith(":identifier")) && !OPEN_CHAINS.contains(name);
  }

  /**
   * Whatever is asked of a record that may not be seen is answered as of one that does not exist.
   * Decided on here, as HAPI asks nobody about {@code $meta}.
   */
  private void requireVisible(RequestDetails request) {
    IdType id = new IdType(request.getResourceName(), request.getId().getIdPart());
    IBaseResource asked =
        daos.getResourceDao(id.getResourceType()).read(id, new SystemRequestDetails());
    if (!ConsentEnforcement.isOperatorsRecord(request, asked)
        && !isOperatorsQuestion(request, asked)
        && !decisions.about(request, asked).permits()) {
      throw new ResourceNotFoundException(id);
    }
  }

  /** Whom a held message is about is for operators to decide, too, without reading the question. */
  private static boolean isOperatorsQuestion(RequestDetails request, IBaseResource asked) {
    return "$match-decision".equals(request.getOperation())
        && asked instanceof Task task
        && MatchTask.is(task)
        && Caller.of(request).map(caller -> caller.is(Role.OPERATOR)).orElse(false);
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = LAST)
  public void after(RequestDetails request, ResponseDetails response) {
    if (!ConsentEnforcement.isFree(request)) {
      finish(request, response);
    }
    audit.record(decisions.takeUnrecorded(request));
  }

  private void finish(RequestDetails request, ResponseDetails response) {
    if (response.getResponseResource() instanceof Bundle bundle
        && (bundle.getType() == BundleType.SEARCHSET || bundle.getType() == BundleType.HISTORY)) {
      bundle.getEntry().removeIf(entry -> !entry.hasResource());
    }
    if (request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE
        && PersonOf.isSomebodys(request.getResourceName())
        && !"AuditEvent".equals(request.getResourceName())) {
      Set<String> asked = named.byId(request);
      decisions.aboutNamed(
          request,
          decisions.isAboutAnybody(request) ? asked : union(asked, named.byIdentifier(request)));
    }
  }

  @Hook(value = Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION, order = LAST)
  public @Nullable BaseServerResponseException refused(RequestDetails request) {
    if (request != null) {
      audit.record(decisions.takeUnrecorded(request));
    }
    return null;
  }
}
