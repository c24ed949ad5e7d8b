package io.fingerpost.routes.inbound;

import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * References of the parties to a referral that the store has already; null where it is new.
 *
 * @param patient {@code Patient/<id>}
 * @param requester {@code Organization/<id>} of the referring organisation
 * @param scheme {@code Organization/<id>} of the scheme
 * @param wrongNumber whether the number the sender sent was found not to be the person's, which the
 *     sender has to hear
 * @param relabelled the person's record as it was read, with what labels the referral adds to it;
 *     null where it adds none
 */
public record KnownParties(
    @Nullable String patient,
    @Nullable String requester,
    @Nullable String scheme,
    boolean wrongNumber,
    @Nullable Patient relabelled) {

  public KnownParties(
      @Nullable String patient, @Nullable String requester, @Nullable String scheme) {
    this(patient, requester, scheme, false, null);
  }

  KnownParties relabelling(Patient stored) {
    return new KnownParties(patient, requester, scheme, wrongNumber, stored);
  }
}
