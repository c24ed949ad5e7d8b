package io.fingerpost.routes.inbound.socialcare;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.KnownParties;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.inbound.ReferralTransaction;
import io.fingerpost.routes.reliability.KeptMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** A spine and a log that remember: what would be stored is kept as JSON, by message id. */
final class FakeStore implements Intake, KeptRows {

  final Map<String, String> stored = new LinkedHashMap<>();
  private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
  private final CouncilTranslator translator;
  private final ReferralTransaction transaction = new ReferralTransaction(WexcombeCouncil.SCHEME);

  /** Message ids that fail for our own reasons, as long as this says so. */
  volatile Predicate<String> failing = id -> false;

  /** Whether what failed is tried again whenever somebody asks after it, as the spine would. */
  volatile boolean retryByItself;

  private final Map<String, byte[]> bodies = new LinkedHashMap<>();

  FakeStore(CouncilTranslator translator) {
    this.translator = translator;
  }

  @Override
  public synchronized Receipt receive(String sender, String messageId, byte[] body) {
    bodies.put(messageId, body);
    Outcome known = outcomes.get(messageId);
    if (known == null || known instanceof Outcome.Failed) {
      outcomes.put(messageId, outcome(messageId, body));
    }
    return receipt(messageId);
  }

  @Override
  public synchronized Receipt refuse(
      String sender, String messageId, byte[] body, MessageRefused refusal) {
    outcomes.putIfAbsent(messageId, new Outcome.Refused(refusal.refusal()));
    return receipt(messageId);
  }

  private Outcome outcome(String messageId, byte[] body) {
    if (failing.test(messageId)) {
      return new Outcome.Failed();
    }
    KeptMessage message = WexcombeCouncil.kept(messageId, body);
    try {
      stored.put(
          messageId,
          FhirContext.forR4Cached()
              .newJsonParser()
              .setPrettyPrint(true)
              .encodeResourceToString(
                  transaction.of(
                      message, translator.translate(message), new KnownParties(null, null, null))));
      return new Outcome.Stored("ServiceRequest/" + stored.size());
    } catch (MessageRefused refused) {
      return new Outcome.Refused(refused.refusal());
    }
  }

  private Receipt receipt(String messageId) {
    Outcome outcome = outcomes.get(messageId);
    if (outcome == null) {
      throw new IllegalStateException("never received");
    }
    return new Receipt(new UUID(0, 1), WexcombeCouncil.NOW, false, outcome);
  }

  @Override
  public synchronized boolean isTaken(String sender, String reference, String messageId) {
    return outcomes.entrySet().stream()
        .anyMatch(
            other ->
                !other.getKey().equals(messageId)
                    && other.getKey().substring(33).equals(reference)
                    && !(other.getValue() instanceof Outcome.Refused));
  }

  @Override
  public synchronized Optional<Outcome> outcome(String sender, String messageId) {
    if (retryByItself && outcomes.get(messageId) instanceof Outcome.Failed) {
      receive(sender, messageId, bodies.getOrDefault(messageId, new byte[0]));
    }
    return Optional.ofNullable(outcomes.get(messageId))
        .filter(outcome -> !(outcome instanceof Outcome.Failed));
  }
}
