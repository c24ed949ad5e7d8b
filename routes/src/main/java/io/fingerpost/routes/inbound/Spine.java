package io.fingerpost.routes.inbound;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.reliability.BareFailure;
import io.fingerpost.routes.reliability.Correlation;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.routes.reliability.LogEntry;
import io.fingerpost.routes.reliability.MessageLog;
import io.fingerpost.routes.reliability.Refusal;
import io.fingerpost.routes.reliability.UnmappedCodes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The way every message goes: kept before anything is done with it, worked on once, answered after
 * commit. What is stored of it and that it is stored become true in one database transaction, so a
 * process that dies at any point leaves either nothing or all, and the message itself.
 */
public final class Spine {

  private static final Logger log = LoggerFactory.getLogger(Spine.class);

  private final MessageLog messages;
  private final Map<String, Translator> translators;
  private final Contents contents;
  private final HeldMessages held;
  private final Work work;

  /**
   * How work is done: in which transaction, by which clock, with which retries, and who counts the
   * codes that no map has.
   */
  public record Work(
      TransactionTemplate transactions,
      Clock clock,
      RetrySettings retry,
      UnmappedCodes unmappedCodes) {}

  public Spine(
      MessageLog messages,
      List<Translator> translators,
      Contents contents,
      HeldMessages held,
      Work work) {
    this.messages = messages;
    this.translators =
        translators.stream().collect(Collectors.toMap(Translator::channel, Function.identity()));
    this.contents = contents;
    this.held = held;
    this.work = work;
  }

  /**
   * Keeps, translates and stores a message; a message settled before gets its first outcome again.
   *
   * @param sender ODS code of the sending organisation, as the channel authenticated it
   */
  public Receipt receive(String channel, String sender, String messageId, byte[] body) {
    Instant now = work.clock().instant();
    KeptMessage message = new KeptMessage(UUID.randomUUID(), sender, messageId, channel, now, body);
    if (messages.keep(message, now.plus(work.retry().lease()))) {
      return settle(message, new Try(0, true));
    }
    LogEntry known = messages.find(sender, messageId).orElseThrow();
    if (!known.hasBody(body)) {
      return new Receipt(known.message().id(), now, true, new Outcome.Refused(reused().refusal()));
    }
    return known.isOpen()
        ? settle(known.message(), new Try(Math.max(1, known.attempts()), false))
        : receipt(known, true);
  }

  /** Keeps a message that was refused before its translator could read it. */
  public Receipt refuse(
      String channel, String sender, String messageId, byte[] body, MessageRefused refusal) {
    Instant now = work.clock().instant();
    KeptMessage message = new KeptMessage(UUID.randomUUID(), sender, messageId, channel, now, body);
    if (messages.keepRefused(message, refusal.refusal())) {
      return Correlation.of(message.id(), () -> told(message, refusal.refusal()));
    }
    LogEntry known = messages.find(sender, messageId).orElseThrow();
    Refusal told = known.hasBody(body) ? refusal.refusal() : reused().refusal();
    return new Receipt(
        known.message().id(), known.message().receivedAt(), true, new Outcome.Refused(told));
  }

  /** Takes up a message again: after a restart, after a failure, or because an operator said so. */
  public Receipt resume(LogEntry entry) {
    return settle(entry.message(), new Try(Math.max(1, entry.attempts()), true));
  }

  /**
   * A try at storing a message.
   *
   * @param attempts made before
   * @param isOurs whether it counts as one of ours: a sender that repeats a message while nothing
   *     can be stored uses up none of them
   */
  private record Try(int attempts, boolean isOurs) {}

  private Receipt settle(KeptMessage message, Try attempt) {
    return work.unmappedCodes()
        .during(
            message.sender(),
            () -> outcome(message, attempt),
            receipt -> isTheEnd(receipt.outcome()));
  }

  /** What failed or is held is translated again. */
  private static boolean isTheEnd(Outcome outcome) {
    return !(outcome instanceof Outcome.Failed || outcome instanceof Outcome.Held);
  }

  private Receipt outcome(KeptMessage message, Try attempt) {
    Translator translator = translators.get(message.channel());
    return Correlation.of(message.id(), () -> settle(message, translator, attempt));
  }

  private Receipt settle(KeptMessage message, @Nullable Translator translator, Try attempt) {
    try {
      if (translator == null) {
        throw new IllegalStateException("no translator for channel " + message.channel());
      }
      return saved(message, translator, attempt.attempts());
    } catch (MessageRefused refusal) {
      return refused(message, refusal.refusal());
    } catch (RuntimeException failure) {
      return failed(message, attempt, failure);
    }
  }

  /**
   * Two first referrals of one person at the same instant collide in the store (409); the loser
   * translates again and finds the Patient there.
   */
  private Receipt saved(KeptMessage message, Translator translator, int attempts) {
    for (int attempt = 1; ; attempt++) {
      try {
        boolean triedBefore = attempts > 0 || attempt > 1;
        return savedOrHeld(message, translator.translate(message), triedBefore);
      } catch (ResourceVersionConflictException | ConcurrencyFailureException conflict) {
        if (attempt >= work.retry().conflicts()) {
          throw conflict;
        }
      } catch (UnprocessableEntityException invalid) {
        throw violated(invalid);
      }
    }
  }

  private Receipt savedOrHeld(KeptMessage message, Content content, boolean triedBefore) {
    try {
      return saveOnce(message, content, triedBefore);
    } catch (PersonInDoubt doubt) {
      Receipt receipt = hold(message, doubt);
      log.info(
          "outcome=held differences={} sender={} channel={} message={}",
          doubt.differences(),
          message.sender(),
          message.channel(),
          message.id());
      return receipt;
    }
  }

  /** Nothing of the message is stored but the question, which is stored with the answer to it. */
  private Receipt hold(KeptMessage message, PersonInDoubt doubt) {
    return work.transactions()
        .execute(
            status -> {
              Optional<LogEntry> settled =
                  messages.lockUnlessSettled(message.id(), work.clock().instant());
              if (settled.isPresent()) {
                return receipt(settled.get(), true);
              }
              String task = held.ask(message, doubt);
              messages.markHeld(message.id(), task);
              return new Receipt(message.id(), message.receivedAt(), false, new Outcome.Held(task));
            });
  }

  private Receipt saveOnce(KeptMessage message, Content content, boolean triedBefore) {
    return work.transactions()
        .execute(
            status -> {
              Optional<LogEntry> settled =
                  messages.lockUnlessSettled(message.id(), work.clock().instant());
              if (settled.isPresent()) {
                return receipt(settled.get(), true);
              }
              Outcome outcome = contents.store(message, content, triedBefore);
              mark(message, outcome);
              return new Receipt(message.id(), message.receivedAt(), false, outcome);
            });
  }

  private void mark(KeptMessage message, Outcome outcome) {
    Instant now = work.clock().instant();
    if (outcome instanceof Outcome.Stored stored) {
      messages.markStored(message.id(), stored.reference(), null, now);
    } else if (outcome instanceof Outcome.Noted noted) {
      log.info("outcome=noted note={} message={}", noted.note(), message.id());
      messages.markStored(message.id(), noted.reference(), noted.note().name(), now);
    } else if (outcome instanceof Outcome.Refused refused) {
      messages.markRefused(message.id(), refused.refusal(), now);
      told(message, refused.refusal());
    } else {
      throw new IllegalStateException("what fails is thrown");
    }
  }

  private Receipt refused(KeptMessage message, Refusal refusal) {
    messages.markRefused(message.id(), refusal, work.clock().instant());
    return told(message, refusal);
  }

  private static Receipt told(KeptMessage message, Refusal refusal) {
    log.info(
        "outcome=refused code={} location={} sender={} channel={} message={}",
        refusal.code(),
        refusal.location(),
        message.sender(),
        message.channel(),
        message.id());
    return new Receipt(message.id(), message.receivedAt(), false, new Outcome.Refused(refusal));
  }

  private Receipt failed(KeptMessage message, Try attempt, RuntimeException failure) {
    boolean again = !attempt.isOurs() || attempt.attempts() + 1 < work.retry().attempts();
    log.warn(
        "outcome=failed cause={} again={} sender={} channel={} message={}",
        cause(failure),
        again,
        message.sender(),
        message.channel(),
        message.id());
    log.debug("message={}", message.id(), BareFailure.of(failure));
    if (attempt.isOurs()) {
      Instant next = work.clock().instant().plus(work.retry().delayAfter(attempt.attempts()));
      messages.markFailed(message.id(), again ? next : null);
    }
    return new Receipt(message.id(), message.receivedAt(), false, new Outcome.Failed());
  }

  /** The kind of failure, never its text: a database's or a parser's text may quote the message. */
  private static String cause(RuntimeException failure) {
    return failure instanceof BaseServerResponseException response
        ? failure.getClass().getSimpleName() + "/" + response.getStatusCode()
        : failure.getClass().getSimpleName();
  }

  private static Receipt receipt(LogEntry entry, boolean repeated) {
    return new Receipt(
        entry.message().id(), entry.message().receivedAt(), repeated, outcome(entry));
  }

  /** What is neither stored nor refused waits: for the next try, or for what was edited of it. */
  private static Outcome outcome(LogEntry entry) {
    if (entry.state() == LogEntry.State.HELD) {
      return new Outcome.Held(String.valueOf(entry.reference()));
    }
    if (entry.state() != LogEntry.State.STORED) {
      return entry.refusal() == null ? new Outcome.Failed() : new Outcome.Refused(entry.refusal());
    }
    return entry.note() == null
        ? new Outcome.Stored(String.valueOf(entry.reference()))
        : new Outcome.Noted(Outcome.Note.valueOf(entry.note()), entry.reference());
  }

  private static MessageRefused reused() {
    return new MessageRefused(
        Code.MESSAGE_ID_REUSED,
        "message id",
        "Another message was received under this id. Give each message an id of its own; to"
            + " repeat one, send exactly what was sent before.");
  }

  /** What a sender is told when what its message became is not what the profiles allow. */
  static MessageRefused violated(UnprocessableEntityException invalid) {
    if (invalid.getOperationOutcome() instanceof OperationOutcome outcome && outcome.hasIssue()) {
      OperationOutcome.OperationOutcomeIssueComponent issue = outcome.getIssueFirstRep();
      String location = issue.hasExpression() ? issue.getExpression().get(0).getValue() : "message";
      return new MessageRefused(Code.PROFILE_VIOLATED, location, issue.getDetails().getText());
    }
    return new MessageRefused(
        Code.PROFILE_VIOLATED, "message", "The content does not meet the scheme's profiles.");
  }
}
