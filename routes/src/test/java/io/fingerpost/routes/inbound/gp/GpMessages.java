package io.fingerpost.routes.inbound.gp;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.routes.inbound.Content;
import io.fingerpost.routes.inbound.KnownParties;
import io.fingerpost.routes.inbound.MessageTime;
import io.fingerpost.routes.inbound.PersonChange;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.routes.inbound.ReferralAmendment;
import io.fingerpost.routes.inbound.ReferralCancellation;
import io.fingerpost.routes.inbound.ReferralTransaction;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeTranslator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

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

  static Content content(byte[] body) {
    return new GpTranslator(new CodeTranslator()).translate(kept(body));
  }

  /** The transaction of a new referral, or what is said of one that is there. */
  static String stored(byte[] body) {
    return content(body) instanceof Referral referral
        ? written(
            new ReferralTransaction(SCHEME)
                .of(kept(body), referral, new KnownParties(null, null, null)))
        : changes(body);
  }

  private static String changes(byte[] body) {
    Content content = content(body);
    List<Content> parts =
        content instanceof Content.Several several ? several.parts() : List.of(content);
    return parts.stream().map(GpMessages::change).collect(Collectors.joining("\n"));
  }

  private static String change(Content part) {
    StringBuilder text = new StringBuilder(part.getClass().getSimpleName());
    if (part instanceof ReferralAmendment amendment) {
      text.append(said(amendment.said(), amendment.referral()));
      text.append(written(amendment.amended().request()));
      if (amendment.amended().consent() != null) {
        text.append('\n').append(written(amendment.amended().consent()));
      }
      amendment
          .amended()
          .supporting()
          .forEach(supporting -> text.append('\n').append(written(supporting)));
    } else if (part instanceof ReferralCancellation cancellation) {
      text.append(said(cancellation.said(), cancellation.referral()));
      text.append("mistake ").append(cancellation.mistake());
      text.append("\nreason ").append(cancellation.reason());
      Patient person = Objects.requireNonNull(cancellation.patient());
      text.append("\nperson ").append(person.getIdentifierFirstRep().getValue());
    } else if (part instanceof PersonChange change) {
      text.append(said(change.said(), change.patient().getIdentifierFirstRep()));
      text.append(written(change.patient()));
    }
    return text.toString();
  }

  private static String said(MessageTime said, Identifier of) {
    return "\nsaid "
        + said.earliest()
        + " to "
        + said.latest()
        + "\nof "
        + of.getSystem()
        + "|"
        + of.getValue()
        + "\n";
  }

  private static String written(Resource resource) {
    return FhirContext.forR4Cached()
        .newJsonParser()
        .setPrettyPrint(true)
        .encodeResourceToString(resource);
  }
}
