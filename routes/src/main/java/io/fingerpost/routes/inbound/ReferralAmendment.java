package io.fingerpost.routes.inbound;

import org.hl7.fhir.r4.model.Identifier;

/**
 * A referral as its sender now wants it. What the amended one leaves out stays as it is.
 *
 * @param referral the sender's own identifier of it
 * @param amended the whole message, read as if the referral were new
 */
public record ReferralAmendment(Identifier referral, Referral amended, MessageTime said)
    implements Content {}
