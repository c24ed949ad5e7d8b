package io.fingerpost.server.referral;

import org.hl7.fhir.r4.model.Consent;

/** What the rules of consent say of a consent that is being written. They are not known here. */
public interface ConsentsInForce {

  /** Whether it permits anything now, and whoever gave it may give it. */
  boolean has(Consent written);
}
