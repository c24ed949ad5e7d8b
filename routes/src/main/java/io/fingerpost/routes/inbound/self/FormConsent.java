package io.fingerpost.routes.inbound.self;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.consent.SentBy;
import io.fingerpost.profiles.identity.OdsCode;
import java.util.Optional;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Makes a Consent of the last question: that the scheme may know, and nobody else. It counts at
 * once where the person says it, or somebody at work for them, of somebody who is new. What a form
 * claims of a person by their NHS number is a proposal until the scheme has asked that person:
 * anybody may type a number, and a consent that counts would also set free what others sent and the
 * person refused.
 */
final class FormConsent {

  private FormConsent() {}

  /** Null where it was not answered: the referral is then held until somebody asks. */
  static @Nullable Consent of(Answers answers, String authored, String sender, OdsCode scheme) {
    Optional<Boolean> agreed = answers.flag("agreed");
    if (agreed.isEmpty()) {
      return null;
    }
    Consent consent = new Consent();
    SentBy.set(consent, sender);
    consent.setScope(ConsentTerms.PATIENT_PRIVACY.toConcept());
    consent.addCategory(ConsentTerms.INFA.toConcept());
    consent.setDateTimeElement(new DateTimeType(authored));
    consent.setPolicyRule(ConsentTerms.OPTIN.toConcept());
    if (!agreed.get()) {
      consent.setStatus(
          namesSomebodyByNumber(answers) ? ConsentState.PROPOSED : ConsentState.REJECTED);
      consent.getProvision().setType(ConsentProvisionType.DENY);
      return consent;
    }
    consent.setStatus(counts(answers) ? ConsentState.ACTIVE : ConsentState.PROPOSED);
    consent
        .getProvision()
        .setType(ConsentProvisionType.PERMIT)
        .addPurpose(ConsentTerms.TREAT.toCoding())
        .addActor()
        .setRole(ConsentTerms.IRCP.toConcept())
        .setReference(new Reference().setIdentifier(scheme.toIdentifier()));
    return consent;
  }

  private static boolean namesSomebodyByNumber(Answers answers) {
    return answers.has("nhs-number");
  }

  private static boolean counts(Answers answers) {
    Referrer referrer = new Referrer(answers);
    return !namesSomebodyByNumber(answers) && (referrer.isThePerson() || referrer.isAtWork());
  }
}
