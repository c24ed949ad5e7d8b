package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.consent.SentBy;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.MessageRefused;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a row says about sharing into a Consent. Yes, by the person, lets council and scheme
 * know of each other what direct care needs, and nobody else; yes by somebody else is proposed,
 * until the scheme has seen by what right; no denies; silence is no consent.
 *
 * <pre>
 * consent,consent_date,consent_given_by
 * yes,2026-03-01,person
 * </pre>
 */
final class ConsentColumns {

  private static final String THE_PERSON = "person";

  private final RowDates dates;
  private final OdsCode scheme;

  ConsentColumns(RowDates dates, OdsCode scheme) {
    this.dates = dates;
    this.scheme = scheme;
  }

  /** Null where nothing is said: the referral is then held until something is. */
  @Nullable Consent toConsent(CouncilRow row, String sender) {
    Optional<Boolean> said = row.yesOrNo(Field.CONSENT);
    if (said.isEmpty()) {
      if (row.has(Field.CONSENT_DATE) || row.has(Field.CONSENT_GIVEN_BY)) {
        throw MessageRefused.missing(
            Field.CONSENT.header(), "Say yes or no, or leave date and giver empty too.");
      }
      return null;
    }
    Consent consent = new Consent();
    SentBy.set(consent, sender);
    consent.setScope(ConsentTerms.PATIENT_PRIVACY.toConcept());
    consent.addCategory(ConsentTerms.DRC.toConcept());
    consent.setDateTimeElement(
        RowDates.dateTime(
            dates
                .past(row, Field.CONSENT_DATE)
                .or(() -> dates.past(row, Field.REFERRED_ON))
                .orElse(dates.received())));
    givenByAnother(row).ifPresent(who -> consent.addPerformer(new Reference().setDisplay(who)));
    if (said.get()) {
      consent.setStatus(isActive(row) ? ConsentState.ACTIVE : ConsentState.PROPOSED);
      consent.setPolicyRule(ConsentTerms.OPTIN.toConcept());
      consent.setProvision(permit(sender));
    } else {
      consent.setStatus(ConsentState.REJECTED);
      consent.setPolicyRule(ConsentTerms.NOCONSENT.toConcept());
      consent.setProvision(new ProvisionComponent().setType(ConsentProvisionType.DENY));
    }
    return consent;
  }

  /** Whether the referral goes ahead by what the row says; else it is held. */
  static boolean isActive(CouncilRow row) {
    return row.yesOrNo(Field.CONSENT).orElse(false) && givenByAnother(row).isEmpty();
  }

  /** What to do about a held referral, by why it is. */
  static String remedy(CouncilRow row) {
    Optional<Boolean> said = row.yesOrNo(Field.CONSENT);
    if (said.isEmpty()) {
      return "Ask the person whether you may share this with the scheme, and tell the scheme.";
    }
    return said.get()
        ? "Show the scheme by what right somebody else agreed for the person."
        : "The person said no. Nothing is shared; tell the scheme if they change their mind.";
  }

  /** What the link worker reads of it. */
  static List<String> notes(CouncilRow row) {
    return givenByAnother(row)
        .map(who -> "Consent was stated by somebody else than the person: " + who)
        .stream()
        .toList();
  }

  private static Optional<String> givenByAnother(CouncilRow row) {
    return row.text(Field.CONSENT_GIVEN_BY).filter(who -> !Field.key(who).equals(THE_PERSON));
  }

  private ProvisionComponent permit(String sender) {
    ProvisionComponent provision = new ProvisionComponent();
    provision.setType(ConsentProvisionType.PERMIT);
    for (OdsCode organisation : List.of(new OdsCode(sender), scheme)) {
      provision
          .addActor()
          .setRole(ConsentTerms.IRCP.toConcept())
          .setReference(new Reference().setIdentifier(organisation.toIdentifier()));
    }
    return provision.addPurpose(ConsentTerms.TREAT.toCoding());
  }
}
