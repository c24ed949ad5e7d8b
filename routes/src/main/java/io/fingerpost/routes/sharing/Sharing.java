package io.fingerpost.routes.sharing;

import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.BareFailure;
import io.fingerpost.routes.reliability.Correlation;
import io.fingerpost.routes.reliability.Outbox;
import io.fingerpost.routes.reliability.Outbox.End;
import io.fingerpost.routes.reliability.OutboxRow;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells partners of changes: takes what is owed, finds who should hear of it, asks the gate, and
 * has it delivered. A partner that is down is tried again for days; one that refuses is an
 * operator's.
 */
@Component
class Sharing {

  private static final Logger log = LoggerFactory.getLogger(Sharing.class);
  private static final int BATCH = 10;

  private final Outbox outbox;
  private final ReferrerOf referrers;
  private final PartnerRegistry partners;
  private final ShareGate gate;
  private final List<PartnerGateway> gateways;
  private final Tries tries;

  /** When a delivery is tried again, and by which clock. */
  record Tries(SharingSettings settings, Clock clock) {}

  Sharing(
      Outbox outbox,
      ReferrerOf referrers,
      PartnerRegistry partners,
      ShareGate gate,
      List<PartnerGateway> gateways,
      Tries tries) {
    this.outbox = outbox;
    this.referrers = referrers;
    this.partners = partners;
    this.gate = gate;
    this.gateways = gateways;
    this.tries = tries;
  }

  @Scheduled(fixedDelayString = "${fingerpost.sharing.poll:PT0.5S}")
  void tellWhatIsDue() {
    List<OutboxRow> due;
    do {
      Instant now = now();
      Instant leaseUntil = now.plus(tries.settings().lease());
      due = outbox.take(now, leaseUntil, leaseUntil.plus(tries.settings().longestDelay()), BATCH);
      due.forEach(row -> Correlation.of(row.id(), () -> tell(row)));
    } while (!due.isEmpty());
  }

  private void tell(OutboxRow row) {
    try {
      ReferrerOf.Found found = referrers.find(row);
      Optional<Partner> partner = found.organisation().flatMap(partners::ofOrganisation);
      if (partner.map(Partner::disabled).orElse(false)) {
        throw new PartnerDisabled();
      }
      Optional<PartnerGateway> gateway = partner.flatMap(this::gateway);
      if (gateway.isEmpty()) {
        end(row, End.NOBODY, found.organisation().orElse(null), "NO_CHANNEL");
        return;
      }
      ShareGate.Answer answer = gate.ask(row, partner.get(), found.standing());
      if (answer.share().isEmpty()) {
        end(row, End.DENIED, partner.get().organisation(), answer.reason());
        return;
      }
      gateway.get().deliver(answer.share().get());
      end(row, End.DELIVERED, partner.get().organisation(), answer.reason());
    } catch (PartnerRefused refused) {
      end(row, End.FAILED, null, refused.answer());
    } catch (RuntimeException failure) {
      putOff(row, failure);
    }
  }

  private Optional<PartnerGateway> gateway(Partner partner) {
    return gateways.stream().filter(gateway -> gateway.serves(partner)).findFirst();
  }

  private void end(OutboxRow row, End end, @Nullable String recipient, String reason) {
    outbox.end(row.id(), end, recipient, reason, now());
    log.info("outcome={} reason={} recipient={} share={}", end.code(), reason, recipient, row.id());
  }

  private void putOff(OutboxRow row, RuntimeException failure) {
    String cause = failure.getClass().getSimpleName();
    if (row.createdAt().plus(tries.settings().giveUpAfter()).isBefore(now())) {
      end(row, End.FAILED, null, cause);
      return;
    }
    outbox.putOff(row.id(), cause, now().plus(tries.settings().delayAfter(row.attempts())));
    log.warn("outcome=put-off cause={} attempt={} share={}", cause, row.attempts(), row.id());
    log.debug("share={}", row.id(), BareFailure.of(failure));
  }

  private Instant now() {
    return tries.clock().instant();
  }
}
