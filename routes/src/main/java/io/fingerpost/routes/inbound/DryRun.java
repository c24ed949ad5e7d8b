package io.fingerpost.routes.inbound;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.profiles.referral.TaskState;
import io.fingerpost.routes.reliability.BareFailure;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.routes.reliability.MessageLog;
import io.fingerpost.routes.reliability.UnmappedCodes.Noticed;
import io.fingerpost.routes.store.ReferralStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does with the messages of a sample all that is done with messages that are sent, and takes it
 * back: nothing of them is kept, stored or told anybody, and what they hold counts for nothing.
 * Each is tried by itself, as if the ones before it had not come.
 *
 * <p>Works only where the store is in this process, in the same transactions.
 */
public final class DryRun implements Intake {

  private static final Logger log = LoggerFactory.getLogger(DryRun.class);

  private final Translator translator;
  private final Means means;
  private final List<Attempted> attempts = Collections.synchronizedList(new ArrayList<>());

  /** What the spine works with. */
  public record Means(
      Contents contents, MessageLog messages, ReferralStore store, Spine.Work work) {}

  /**
   * What would become of one message.
   *
   * @param says the kinds of content in it, in their order; none where it could not be read
   * @param state how the referral would stand; null where it is about none, or none is made
   * @param unmapped codes in it that no map has
   */
  public record Attempted(
      Outcome outcome, List<String> says, @Nullable String state, List<Noticed> unmapped) {}

  /**
   * @param translator of the channel the sample would come by
   */
  public DryRun(Translator translator, Means means) {
    this.translator = translator;
    this.means = means;
  }

  /** Of each message there was, in the order in which they were tried. */
  public List<Attempted> attempts() {
    return List.copyOf(attempts);
  }

  @Override
  public Receipt receive(String sender, String messageId, byte[] body) {
    Instant now = means.work().clock().instant();
    UUID id = UUID.randomUUID();
    // Under a name nobody has: the same sample may be tried again, and sent for real.
    KeptMessage message =
        new KeptMessage(id, sender, "dry-run/" + id, translator.channel(), now, body);
    Attempt attempt = new Attempt(message);
    List<Noticed> unmapped = means.work().unmappedCodes().noticedIn(attempt);
    return noted(message, new Attempted(attempt.outcome, attempt.says, attempt.state, unmapped));
  }

  @Override
  public Receipt refuse(String sender, String messageId, byte[] body, MessageRefused refusal) {
    KeptMessage message =
        new KeptMessage(
            UUID.randomUUID(),
            sender,
            "",
            translator.channel(),
            means.work().clock().instant(),
            body);
    Outcome refused = new Outcome.Refused(refusal.refusal());
    return noted(message, new Attempted(refused, List.of(), null, List.of()));
  }

  private Receipt noted(KeptMessage message, Attempted attempt) {
    attempts.add(attempt);
    return new Receipt(message.id(), message.receivedAt(), false, attempt.outcome());
  }

  /** One message in a transaction that never commits. */
  private final class Attempt implements Runnable {
    private final KeptMessage message;
    private Outcome outcome = new Outcome.Failed();
    private List<String> says = List.of();
    private @Nullable String state;

    Attempt(KeptMessage message) {
      this.message = message;
    }

    @Override
    public void run() {
      try {
        means
            .work()
            .transactions()
            .executeWithoutResult(
                transaction -> {
                  transaction.setRollbackOnly();
                  store(translator.translate(message));
                });
      } catch (MessageRefused refusal) {
        outcome = new Outcome.Refused(refusal.refusal());
      } catch (PersonInDoubt doubt) {
        outcome = new Outcome.Held("");
      } catch (UnprocessableEntityException invalid) {
        outcome = new Outcome.Refused(Spine.violated(invalid).refusal());
      } catch (RuntimeException failure) {
        log.warn("outcome=dry-run-failed cause={}", failure.getClass().getSimpleName());
        log.debug("dry run", BareFailure.of(failure));
      }
    }

    private void store(Content content) {
      says = parts(content).map(part -> part.getClass().getSimpleName()).toList();
      means.messages().keep(message, message.receivedAt());
      outcome = means.contents().store(message, content, false);
      if (outcome instanceof Outcome.Stored stored) {
        state = standing(stored.reference());
      }
    }

    private static Stream<Content> parts(Content content) {
      return content instanceof Content.Several several
          ? several.parts().stream()
          : Stream.of(content);
    }

    private @Nullable String standing(String reference) {
      String prefix = "ServiceRequest/";
      if (!reference.startsWith(prefix)) {
        return null;
      }
      ServiceRequest request =
          means.store().read(ServiceRequest.class, reference.substring(prefix.length()));
      return request.getStatus().toCode()
          + means
              .store()
              .taskOf(request)
              .flatMap(TaskState::in)
              .map(ReferralState::code)
              .map(code -> ", " + code)
              .orElse("");
    }
  }
}
