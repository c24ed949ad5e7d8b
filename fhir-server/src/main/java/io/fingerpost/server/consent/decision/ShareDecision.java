package io.fingerpost.server.consent.decision;

/**
 * The answer to a share question. Yes or no follows from the reason, so the two never disagree.
 *
 * @param basis reference of the consent that decided, or that came nearest; empty when there is
 *     none
 */
public record ShareDecision(ShareReason reason, String basis) {

  public boolean permits() {
    return reason.permits();
  }
}
