package io.fingerpost.routes.inbound.self;

import io.fingerpost.routes.inbound.KnownParties;
import io.fingerpost.routes.inbound.ReferralTransaction;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.partners.PartnerSettings;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.reliability.KeptMessage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;

/** The made-up web page on which people ask for a link worker. */
final class WebForm {

  static final Scheme SCHEME = new Scheme("Z9S01", "Wexcombe Connect");
  static final Instant NOW = Instant.parse("2026-03-03T10:15:01Z");
  static final PartnerRegistry PARTNERS =
      new PartnerRegistry(
          new PartnerSettings(
              SCHEME,
              List.of(
                  Partner.of("demo-form", "Z9F01", "Ask for a link worker", Partner.Kind.SELF)
                      .build())));

  private WebForm() {}

  /** What is stored of a form about somebody nobody knows yet. */
  static Bundle stored(byte[] body) {
    KeptMessage message =
        new KeptMessage(
            UUID.fromString("8f14e45f-ceea-467a-9a36-0a1b2c3d4e5f"),
            "Z9F01",
            FormContent.messageId(body),
            FormTranslator.CHANNEL,
            NOW,
            body);
    return new ReferralTransaction(SCHEME)
        .of(
            message,
            new FormTranslator(PARTNERS).translate(message),
            new KnownParties(null, null, null));
  }
}
