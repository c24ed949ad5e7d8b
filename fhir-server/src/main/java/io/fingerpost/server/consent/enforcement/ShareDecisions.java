package io.fingerpost.server.consent.enforcement;

import io.fingerpost.server.consent.decision.ConsentDecisionEngine;
import io.fingerpost.server.consent.decision.ConsentRecord;
import io.fingerpost.server.consent.decision.GrantedOverride;
import io.fingerpost.server.consent.decision.Recipient;
import io.fingerpost.server.consent.decision.ResourceFacts;
import io.fingerpost.server.consent.decision.ShareDecision;
import io.fingerpost.server.consent.decision.ShareQuestion;
import io.fingerpost.server.consent.decision.ShareReason;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the question to the engine, with the person's consents and the facts of the resource. */
public final class ShareDecisions {

  private static final Logger log = LoggerFactory.getLogger(ShareDecisions.class);

  private final ConsentDecisionEngine engine;
  private final ConsentsOnRecord consents;
  private final FactsReader reader;
  private final Clock clock;

  ShareDecisions(
      ConsentDecisionEngine engine, ConsentsOnRecord consents, FactsReader reader, Clock clock) {
    this.engine = engine;
    this.consents = consents;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * May this recipient have this resource now? Everyone it is about has to agree; what could not be
   * asked is a no.
   *
   * @param known consents read earlier in the same request, by person
   */
  public ShareDecision decide(
      Recipient recipient,
      String purpose,
      Resource resource,
      Map<String, List<ConsentRecord>> known) {
    return decide(recipient, purpose, resource, known, Map.of());
  }

  /**
   * @param overrides what the recipient has been granted, by person
   */
  ShareDecision decide(
      Recipient recipient,
      String purpose,
      Resource resource,
      Map<String, List<ConsentRecord>> known,
      Map<String, GrantedOverride> overrides) {
    return about(resource, known).decide(recipient, purpose, overrides);
  }

  /** The questions about one record: what the rules need to know of it is read once. */
  public Questions about(Resource resource, Map<String, List<ConsentRecord>> known) {
    if (!(PersonOf.in(resource) instanceof PersonOf.People people)) {
      return (recipient, purpose, overrides) -> new ShareDecision(ShareReason.PERMITTED, "");
    }
    try {
      for (String person : people.references()) {
        known.computeIfAbsent(person, this::consentsOf);
      }
      boolean lookAround =
          people.references().stream()
              .flatMap(person -> known.getOrDefault(person, List.of()).stream())
              .anyMatch(ConsentRecord::looksAround);
      ResourceFacts facts = reader.factsOf(resource, lookAround);
      return (recipient, purpose, overrides) ->
          people.references().stream()
              .map(person -> question(person, recipient, purpose, facts, overrides.get(person)))
              .map(question -> decide(question, known))
              .min(Comparator.comparing(ShareDecision::permits))
              .orElse(new ShareDecision(ShareReason.NO_CONSENT_ON_RECORD, ""));
    } catch (RuntimeException failure) {
      log.error("outcome=could-not-ask cause={}", failure.getClass().getSimpleName());
      return (recipient, purpose, overrides) -> new ShareDecision(ShareReason.COULD_NOT_ASK, "");
    }
  }

  /** Who may have one record, and what for. */
  public interface Questions {
    ShareDecision decide(
        Recipient recipient, String purpose, Map<String, GrantedOverride> overrides);
  }

  /** Those of them that the store has. */
  Set<String> known(Set<String> people) {
    return consents.known(people);
  }

  private List<ConsentRecord> consentsOf(String person) {
    return consents.of(List.of(person)).getOrDefault(person, List.of());
  }

  /** Of these people, as they are on record now; of nobody where they could not be read. */
  Map<String, List<ConsentRecord>> consentsOf(Set<String> people) {
    try {
      return consents.of(people);
    } catch (RuntimeException failure) {
      // Asked for again, one by one, and answered as could-not-ask where it fails again.
      log.error("outcome=could-not-ask cause={}", failure.getClass().getSimpleName());
      return Map.of();
    }
  }

  private ShareQuestion question(
      String person,
      Recipient recipient,
      String purpose,
      ResourceFacts about,
      @Nullable GrantedOverride override) {
    return new ShareQuestion(person, recipient, purpose, about, clock.instant(), override);
  }

  private ShareDecision decide(ShareQuestion question, Map<String, List<ConsentRecord>> known) {
    return engine.decide(question, known.computeIfAbsent(question.patient(), this::consentsOf));
  }

  /** May data of this kind about this person be shared, without a resource at hand? */
  ShareDecision decide(String person, Recipient recipient, String purpose, ResourceFacts about) {
    return decide(question(person, recipient, purpose, about, null), new ConcurrentHashMap<>());
  }
}
