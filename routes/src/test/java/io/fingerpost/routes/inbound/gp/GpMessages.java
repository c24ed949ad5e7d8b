package io.fingerpost.routes.inbound.gp;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.routes.inbound.KnownParties;
import io.fingerpost.routes.inbound.ReferralTransaction;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeTranslator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** Messages to test with, and what is stored of them under fixed ids. */
final class GpMessages {

  static final Scheme SCHEME = new Scheme("Z9S01", "Wexcombe Connect");

  private GpMessages() {}

  static byte[] referral() {
    return received("referral-of-a-person-known-by-nhs-number/received.json");
  }

  static byte[] received(String path) {
    try {
      return Files.readAllBytes(Path.of("src/test/resources/inbound/gp", path));
    } catch (IOException absent) {
      throw new UncheckedIOException(absent);
    }
  }

  static KeptMessage kept(byte[] body) {
    return new KeptMessage(
        UUID.fromString("00000000-0000-4000-8000-000000000001"),
        "Z91001",
        "m1",
        GpTranslator.CHANNEL,
        Instant.parse("2026-03-02T10:15:03Z"),
        body);
  }

  static String stored(byte[] body) {
    KeptMessage message = kept(body);
    return FhirContext.forR4Cached()
        .newJsonParser()
        .setPrettyPrint(true)
        .encodeResourceToString(
            new ReferralTransaction(SCHEME)
                .of(
                    message,
                    new GpTranslator(new CodeTranslator()).translate(message),
                    new KnownParties(null, null, null)));
  }
}
