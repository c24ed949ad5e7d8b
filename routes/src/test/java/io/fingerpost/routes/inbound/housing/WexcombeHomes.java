package io.fingerpost.routes.inbound.housing;

import io.fingerpost.routes.inbound.KnownParties;
import io.fingerpost.routes.inbound.ReferralTransaction;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.partners.PartnerSettings;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeTranslator;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;

/** Wexcombe Homes, a made-up landlord, and the scheme it refers to. */
final class WexcombeHomes {

  static final Scheme SCHEME = new Scheme("Z9S01", "Wexcombe Connect");
  static final Instant NOW = Instant.parse("2026-03-03T10:15:01Z");
  static final PartnerRegistry PARTNERS =
      new PartnerRegistry(
          new PartnerSettings(
              SCHEME,
              List.of(
                  Partner.of("demo-landlord", "Z9L01", "Wexcombe Homes", Partner.Kind.HOUSING)
                      .build())));

  private WexcombeHomes() {}

  /** What is stored of a referral of somebody nobody knows yet. */
  static Bundle stored(byte[] body) {
    KeptMessage message =
        new KeptMessage(
            UUID.fromString("8f14e45f-ceea-467a-9a36-0a1b2c3d4e5f"),
            "Z9L01",
            "K1",
            HousingTranslator.CHANNEL,
            NOW,
            body);
    return new ReferralTransaction(SCHEME)
        .of(
            message,
            new HousingTranslator(PARTNERS, new CodeTranslator()).translate(message),
            new KnownParties(null, null, null));
  }
}
