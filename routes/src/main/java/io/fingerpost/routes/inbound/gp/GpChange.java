package io.fingerpost.routes.inbound.gp;

import io.fingerpost.routes.inbound.Content;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageTime;
import io.fingerpost.routes.inbound.PersonChange;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.routes.inbound.ReferralAmendment;
import io.fingerpost.routes.inbound.ReferralCancellation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** What a message changes of a referral its sender has made before. */
final class GpChange {

  /** FHIR's own extension for why a request has the status it has. */
  private static final String STATUS_REASON =
      "http://hl7.org/fhir/StructureDefinition/request-statusReason";

  private GpChange() {}

  /** The referral as it is wanted now, and what the message says of the person. */
  static Content amendment(ServiceRequest sent, Referral wanted) {
    MessageTime said = said(wanted.said());
    return new Content.Several(
        List.of(
            new ReferralAmendment(referralIn(sent), wanted, said),
            new PersonChange(wanted.patient().copy(), Set.of(), said)));
  }

  static Content cancellation(
      ServiceRequest sent, Patient patient, boolean mistake, @Nullable MessageTime said) {
    return new ReferralCancellation(referralIn(sent), patient, mistake, reason(sent), said(said));
  }

  private static MessageTime said(@Nullable MessageTime said) {
    if (said == null) {
      throw MessageRefused.missing(
          "Bundle.timestamp", "Say when the change was made: an older one never undoes a newer.");
    }
    return said;
  }

  private static Identifier referralIn(ServiceRequest sent) {
    return GpReferralId.of(sent)
        .orElseThrow(
            () ->
                MessageRefused.missing(
                    "ServiceRequest.identifier",
                    "Name the referral by the identifier it came with, or by the id of the"
                        + " ServiceRequest in our answer."));
  }

  private static @Nullable String reason(ServiceRequest sent) {
    Extension extension = sent.getExtensionByUrl(STATUS_REASON);
    return extension != null && extension.getValue() instanceof CodeableConcept reason
        ? Stream.concat(
                Stream.ofNullable(reason.getText()),
                reason.getCoding().stream().map(Coding::getDisplay))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null)
        : null;
  }
}
