package io.fingerpost.routes.inbound.gp;

import io.fingerpost.routes.store.ReferralStore;
import io.fingerpost.terminology.SystemUrl;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * By what a sender names a referral again: the first identifier it gave it, else our id of it,
 * which BaRS has it send as the {@code id} of its ServiceRequest.
 */
final class GpReferralId {

  private GpReferralId() {}

  static Optional<Identifier> of(ServiceRequest sent) {
    return given(sent).or(() -> ours(sent));
  }

  /** What it was named by its sender, when it was new. */
  static Optional<Identifier> given(ServiceRequest sent) {
    return sent.getIdentifier().stream()
        .map(Identifier::getValue)
        .filter(Objects::nonNull)
        .findFirst()
        .map(value -> new Identifier().setSystem(SystemUrl.REFERRAL_ID.url()).setValue(value));
  }

  private static Optional<Identifier> ours(ServiceRequest sent) {
    return Optional.ofNullable(sent.getIdElement().getIdPart()).map(ReferralStore::ownName);
  }
}
