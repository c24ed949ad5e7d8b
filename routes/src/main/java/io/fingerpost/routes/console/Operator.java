package io.fingerpost.routes.console;

import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.By;
import io.fingerpost.routes.store.OperatorActs;
import io.fingerpost.routes.store.OperatorActs.Act;
import io.fingerpost.routes.store.OperatorActs.Kind;
import java.security.Principal;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts what the operator of a request is about to do on record, by the name of its client. */
@Component
class Operator {

  private final PartnerRegistry partners;
  private final OperatorActs acts;
  private final Clock clock;

  Operator(PartnerRegistry partners, OperatorActs acts, Clock clock) {
    this.partners = partners;
    this.acts = acts;
    this.clock = clock;
  }

  /** On record when this returns, and before anything is done. */
  By isAboutTo(
      Kind kind,
      Principal who,
      String messages,
      @Nullable String reason,
      @Nullable String referral) {
    String organisation =
        partners
            .ofClient(who.getName())
            .map(Partner::organisation)
            .orElseGet(() -> partners.scheme().organisation());
    acts.record(new Act(kind, who.getName(), organisation, messages, reason, referral));
    return new By(who.getName(), reason == null ? "" : reason, clock.instant());
  }
}
