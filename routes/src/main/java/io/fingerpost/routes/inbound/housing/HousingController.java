package io.fingerpost.routes.inbound.housing;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.profiles.referral.TaskState;
import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.inbound.Spine;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.LogEntry;
import io.fingerpost.routes.reliability.LogEntry.State;
import io.fingerpost.routes.reliability.MessageLog;
import io.fingerpost.routes.reliability.Refusal;
import io.fingerpost.routes.store.SentReferrals;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes landlords' referrals, and tells each how its own stand. Who may call it at all is decided
 * before it is reached; whose organisation it is, is the client's entry in the registry.
 */
@RestController
final class HousingController {

  private static final Logger log = LoggerFactory.getLogger(HousingController.class);

  private final PartnerRegistry partners;
  private final Intake intake;
  private final Sent sent;
  private final HousingSettings settings;
  private final HousingContent content = new HousingContent();

  /** What was sent, and how it stands: the log and the store. */
  record Sent(MessageLog messages, SentReferrals referrals) {}

  @Autowired
  HousingController(
      PartnerRegistry partners,
      Spine spine,
      MessageLog messages,
      SentReferrals referrals,
      HousingSettings settings) {
    this(
        partners,
        Intake.of(spine, HousingTranslator.CHANNEL),
        new Sent(messages, referrals),
        settings);
  }

  HousingController(PartnerRegistry partners, Intake intake, Sent sent, HousingSettings settings) {
    this.partners = partners;
    this.intake = intake;
    this.sent = sent;
    this.settings = settings;
  }

  /** 202 once it is stored; the same again under the same key is answered as the first time. */
  @PostMapping(HousingAnswers.REFERRALS)
  ResponseEntity<Map<String, Object>> refer(HttpServletRequest request) throws IOException {
    try {
      Partner sender = sender();
      byte[] body = HousingRequest.body(request, Math.toIntExact(settings.maxSize().toBytes()));
      return taken(sender, HousingRequest.messageId(request, body), body);
    } catch (MessageRefused refused) {
      log.info("outcome=refused code={} location={}", refused.code(), refused.location());
      return HousingAnswers.refused(refused.refusal());
    }
  }

  /** The same with another intake. */
  HousingController with(Intake another) {
    return new HousingController(partners, another, sent, settings);
  }

  /** As {@code sender} is answered to {@code body}, whichever intake takes it. */
  ResponseEntity<Map<String, Object>> taken(Partner sender, String id, byte[] body) {
    Receipt receipt;
    try {
      receipt = intake.receive(sender.organisation(), id, body);
    } catch (RuntimeException unkept) {
      log.warn("outcome=failed cause={}", unkept.getClass().getSimpleName());
      return HousingAnswers.failed(settings.retryAfter());
    }
    if (receipt.outcome() instanceof Outcome.Refused refused) {
      return refused(refused.refusal(), body, receipt.receivedAt());
    }
    return receipt.outcome() instanceof Outcome.Failed
        ? HousingAnswers.failed(settings.retryAfter())
        : HousingAnswers.taken(receipt.id());
  }

  /** The log has room for one fault; all are found again, as they were when it first came. */
  private ResponseEntity<Map<String, Object>> refused(
      Refusal refusal, byte[] body, Instant receivedAt) {
    List<Fault> faults =
        refusal.code().equals(Code.MESSAGE_ID_REUSED.name())
            ? List.of()
            : content.faults(body, receivedAt);
    return faults.isEmpty() ? HousingAnswers.refused(refusal) : HousingAnswers.refused(faults);
  }

  /** How it stands, and nothing else; a reference of another's is one that does not exist. */
  @GetMapping(HousingAnswers.REFERRALS + "/{reference}")
  ResponseEntity<Map<String, Object>> standing(@PathVariable String reference) {
    try {
      Partner sender = sender();
      return id(reference)
          .flatMap(id -> sent.messages().find(id, sender.organisation()))
          .filter(entry -> entry.message().channel().equals(HousingTranslator.CHANNEL))
          .flatMap(entry -> standing(entry, sender))
          .orElseGet(HousingAnswers::unknown);
    } catch (MessageRefused refused) {
      return HousingAnswers.refused(refused.refusal());
    } catch (RuntimeException unread) {
      log.warn("outcome=failed cause={}", unread.getClass().getSimpleName());
      return HousingAnswers.failed(settings.retryAfter());
    }
  }

  /** What is kept and not stored yet has been received, and why is nothing for the landlord. */
  private Optional<ResponseEntity<Map<String, Object>>> standing(LogEntry entry, Partner sender) {
    UUID reference = entry.message().id();
    if (entry.state() == State.REFUSED) {
      return Optional.empty();
    }
    if (entry.state() != State.STORED || entry.reference() == null) {
      return Optional.of(
          HousingAnswers.standing(
              reference, TaskStatus.REQUESTED.toCode(), ReferralState.RECEIVED.code()));
    }
    return sent.referrals()
        .standing(entry.reference(), new OdsCode(sender.organisation()), kind(sender))
        .map(task -> HousingAnswers.standing(reference, status(task), state(task)));
  }

  private static String status(Task task) {
    return task.getStatus().toCode();
  }

  private static String state(Task task) {
    return TaskState.in(task).map(ReferralState::code).orElseGet(() -> status(task));
  }

  private static String kind(Partner partner) {
    return partner.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<UUID> id(String reference) {
    return reference.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        ? Optional.of(UUID.fromString(reference))
        : Optional.empty();
  }

  private Partner sender() {
    return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
        .map(Authentication::getName)
        .flatMap(partners::ofClient)
        .orElseThrow(
            () ->
                new MessageRefused(
                    Code.SENDER_UNKNOWN,
                    "header:Authorization",
                    "Ask the scheme to register your client with your organisation."));
  }
}
