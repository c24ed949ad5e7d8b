package io.fingerpost.server.api;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import io.fingerpost.server.audit.Decided;
import io.fingerpost.server.audit.DecisionAudit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /fhir/$record-operator-act}: puts on record what an operator is about to do with kept
 * messages. The routes ask for it, for the messages are theirs and the record is the server's.
 */
final class OperatorActs {

  /** Each act, and what it is in FHIR's letters. */
  private static final Map<String, String> ACTIONS =
      Map.of(
          "MESSAGE_READ", "R",
          "MESSAGE_EDITED", "C",
          "MESSAGE_DISCARDED", "U",
          "MESSAGE_REPLAYED", "E",
          "MESSAGE_TRIED", "E");

  private final DecisionAudit audit;
  private final DaoRegistry daos;

  OperatorActs(DecisionAudit audit, DaoRegistry daos) {
    this.audit = audit;
    this.daos = daos;
  }

  /**
   * @param act {@code MESSAGE_READ}, {@code _EDITED}, {@code _DISCARDED}, {@code _REPLAYED} or
   *     {@code _TRIED}
   * @param client the operator's
   * @param organisation its ODS code
   * @param messages which: our id of one, or the words of what was asked for
   * @param stated why, in the operator's words
   * @param referral {@code ServiceRequest/<id>} or {@code Patient/<id>} the message became or was
   *     about: the event is then about that person, too
   */
  @Operation(name = "$record-operator-act")
  public Parameters record(
      @OperationParam(name = "act", min = 1) CodeType act,
      @OperationParam(name = "client", min = 1) StringType client,
      @OperationParam(name = "organisation", min = 1) StringType organisation,
      @OperationParam(name = "messages", min = 1) StringType messages,
      @OperationParam(name = "stated") @Nullable StringType stated,
      @OperationParam(name = "referral") @Nullable StringType referral,
      RequestDetails request) {
    requireRoutes(request);
    String action = ACTIONS.get(act.getValue());
    if (action == null) {
      throw new InvalidRequestException("act is none of those there are.");
    }
    Map<String, String> details = new TreeMap<>(Map.of("messages", messages.getValue()));
    if (stated != null) {
      details.put("stated", stated.getValue());
    }
    String resource = referral == null ? "" : referral.getValue();
    audit.recordAct(
        new Decided(
            client.getValue(),
            organisation.getValue(),
            "HOPERAT",
            peopleOf(new IdType(resource)),
            resource,
            true,
            act.getValue(),
            ""),
        action,
        details);
    return new Parameters();
  }

  /** Whoever could write this of others could make them guilty of anything. */
  private static void requireRoutes(RequestDetails request) {
    boolean may =
        request instanceof SystemRequestDetails
            || Caller.of(request).filter(caller -> caller.is(Role.ROUTES)).isPresent();
    if (!may) {
      throw new ForbiddenOperationException("the routes' own");
    }
  }

  private Set<String> peopleOf(IdType referral) {
    if ("Patient".equals(referral.getResourceType())) {
      return Set.of(referral.toUnqualifiedVersionless().getValue());
    }
    if (!"ServiceRequest".equals(referral.getResourceType())) {
      return Set.of();
    }
    try {
      ServiceRequest read =
          (ServiceRequest)
              daos.getResourceDao("ServiceRequest").read(referral, new SystemRequestDetails());
      return Set.of(read.getSubject().getReferenceElement().toUnqualifiedVersionless().getValue());
    } catch (ResourceNotFoundException | ResourceGoneException gone) {
      return Set.of();
    }
  }
}
