package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.audit.Decided;
import io.fingerpost.server.consent.decision.ConsentRecord;
import io.fingerpost.server.consent.decision.GrantedOverride;
import io.fingerpost.server.consent.decision.Recipient;
import io.fingerpost.server.consent.decision.ShareDecision;
import io.fingerpost.server.consent.decision.ShareReason;
import io.fingerpost.server.consent.override.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;

/**
 * The decisions of one request: each resource decided once, each decision kept for the audit.
 * Consents are read once for each person and request, so a withdrawal counts from the next request
 * on, whichever node it meets.
 */
final class RequestDecisions {

  private static final String KEY = RequestDecisions.class.getName();

  private final ShareDecisions decisions;
  private final Overrides overrides;

  RequestDecisions(ShareDecisions decisions, Overrides overrides) {
    this.decisions = decisions;
    this.overrides = overrides;
  }

  /** What one request has asked so far; searches ask from threads of their own. */
  private record Asked(
      Map<String, List<ConsentRecord>> consents,
      Map<Caller, Map<String, GrantedOverride>> overrides,
      Map<String, ShareDecision> answers,
      Queue<Decided> decided) {
    Asked() {
      this(
          new ConcurrentHashMap<>(),
          new ConcurrentHashMap<>(),
          new ConcurrentHashMap<>(),
          new ConcurrentLinkedQueue<>());
    }
  }

  ShareDecision about(RequestDetails request, IBaseResource shown) {
    Optional<Caller> caller = Caller.of(request);
    if (caller.isEmpty() || !(shown instanceof Resource resource)) {
      return new ShareDecision(ShareReason.COULD_NOT_ASK, "");
    }
    if (PersonOf.in(resource) instanceof PersonOf.People people) {
      Asked asked = asked(request);
      String id = resource.getIdElement().toUnqualified().getValue();
      return id == null
          ? decide(caller.get(), resource, people.references(), asked)
          : asked
              .answers()
              .computeIfAbsent(
                  id, unasked -> decide(caller.get(), resource, people.references(), asked));
    }
    return new ShareDecision(ShareReason.PERMITTED, "");
  }

  private ShareDecision decide(Caller caller, Resource resource, Set<String> people, Asked asked) {
    Recipient recipient = new Recipient(caller.organisation(), caller.kind());
    ShareDecision decision =
        decisions.decide(
            recipient,
            caller.purpose(),
            resource,
            asked.consents(),
            asked.overrides().computeIfAbsent(caller, overrides::heldBy));
    String id = resource.getIdElement().toUnqualifiedVersionless().getValue();
    asked
        .decided()
        .add(
            new Decided(
                caller.client(),
                caller.organisation(),
                caller.purpose(),
                people,
                id == null ? "" : id,
                decision.permits(),
                decision.reason().name(),
                decision.basis()));
    return decision;
  }

  /** The decisions not yet recorded; each is given once. */
  List<Decided> takeUnrecorded(RequestDetails request) {
    List<Decided> taken = new ArrayList<>();
    Queue<Decided> decided = asked(request).decided();
    for (Decided next = decided.poll(); next != null; next = decided.poll()) {
      taken.add(next);
    }
    return taken;
  }

  private static Asked asked(RequestDetails request) {
    return (Asked) request.getUserData().computeIfAbsent(KEY, unknown -> new Asked());
  }
}
