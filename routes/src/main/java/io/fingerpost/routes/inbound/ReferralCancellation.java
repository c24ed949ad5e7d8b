package io.fingerpost.routes.inbound;

import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * A referral taken back by its sender.
 *
 * @param referral the sender's own identifier of it
 * @param patient whom the message names, who must be the person referred; null where it names none
 * @param mistake whether it should never have been sent, or is only no longer wanted
 * @param reason in the sender's words; null where it says none
 */
public record ReferralCancellation(
    Identifier referral,
    @Nullable Patient patient,
    boolean mistake,
    @Nullable String reason,
    MessageTime said)
    implements Content {}
