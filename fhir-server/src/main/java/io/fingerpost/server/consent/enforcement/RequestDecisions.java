package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.audit.Decided;
import io.fingerpost.server.consent.decision.ConsentRecord;
import io.fingerpost.server.consent.decision.GrantedOverride;
import io.fingerpost.server.consent.decision.Recipient;
import io.fingerpost.server.consent.decision.ResourceFacts;
import io.fingerpost.server.consent.decision.ShareDecision;
import io.fingerpost.server.consent.decision.ShareReason;
import io.fingerpost.server.consent.override.Overrides;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
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
  private static final ShareDecision OWN_RECORD = new ShareDecision(ShareReason.OWN_RECORD, "");

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
    Asked asked = asked(request);
    String id = resource.getIdElement().toUnqualified().getValue();
    ShareDecision known = id == null ? null : asked.answers().get(id);
    if (known != null) {
      return known;
    }
    if (PersonOf.in(resource) instanceof PersonOf.People people) {
      return id == null
          ? decide(caller.get(), resource, people.references(), asked)
          : asked
              .answers()
              .computeIfAbsent(
                  id, unasked -> decide(caller.get(), resource, people.references(), asked));
    }
    return new ShareDecision(ShareReason.PERMITTED, "");
  }

  /**
   * The holder of the records sees what it holds. Nobody's consent is asked, and who looked is on
   * record all the same.
   */
  void ownRecords(RequestDetails request, Collection<IBaseResource> shown) {
    Caller caller = Caller.of(request).orElseThrow();
    Asked asked = asked(request);
    for (IBaseResource resource : shown) {
      // The server's interceptors are the store's as well: by HTTP this is met twice.
      if (!asked.answers().containsKey(idOf(resource))
          && PersonOf.in(resource) instanceof PersonOf.People people
          && asked.answers().putIfAbsent(idOf(resource), OWN_RECORD) == null) {
        asked.decided().add(decided(caller, people.references(), idOf(resource), OWN_RECORD));
      }
    }
  }

  /** What is about to be decided on: the consents of all it is about are read at once. */
  void expect(RequestDetails request, Collection<IBaseResource> shown) {
    Asked asked = asked(request);
    Map<String, List<ConsentRecord>> known = asked.consents();
    Set<String> people = new HashSet<>();
    for (IBaseResource resource : shown) {
      String id = resource.getIdElement().toUnqualified().getValue();
      boolean decided = id != null && asked.answers().containsKey(id);
      if (!decided && PersonOf.in(resource) instanceof PersonOf.People about) {
        people.addAll(about.references());
      }
    }
    people.removeAll(known.keySet());
    if (!people.isEmpty()) {
      decisions.consentsOf(people).forEach(known::putIfAbsent);
    }
  }

  /** Whether anything of anybody has been decided on. */
  boolean isAboutAnybody(RequestDetails request) {
    return !asked(request).decided().isEmpty();
  }

  /**
   * A search that named people and was shown nothing of theirs: what would have been said to a
   * record of this type. People the store does not have are left out.
   */
  void aboutNamed(RequestDetails request, Set<String> people) {
    Asked asked = asked(request);
    Set<String> unasked = new HashSet<>(people);
    asked.decided().forEach(decided -> unasked.removeAll(decided.people()));
    Optional<Caller> caller = Caller.of(request);
    if (unasked.isEmpty() || caller.isEmpty()) {
      return;
    }
    ResourceFacts facts = ResourceFacts.ofType(request.getResourceName());
    Recipient recipient = new Recipient(caller.get().organisation(), caller.get().kind());
    for (String person : decisions.known(unasked)) {
      ShareDecision decision = decisions.decide(person, recipient, caller.get().purpose(), facts);
      asked.decided().add(decided(caller.get(), Set.of(person), "", decision));
    }
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
    asked.decided().add(decided(caller, people, idOf(resource), decision));
    return decision;
  }

  /** Empty for what is not stored. */
  private static String idOf(IBaseResource resource) {
    String id = resource.getIdElement().toUnqualifiedVersionless().getValue();
    return id == null ? "" : id;
  }

  private static Decided decided(
      Caller caller, Set<String> people, String resource, ShareDecision decision) {
    return new Decided(
        caller.client(),
        caller.organisation(),
        caller.purpose(),
        people,
        resource,
        decision.permits(),
        decision.reason().name(),
        decision.basis());
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
