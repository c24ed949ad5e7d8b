package io.fingerpost.server.consent.enforcement;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.server.consent.decision.ConsentRecord;
import io.fingerpost.server.consent.decision.ConsentRecord.Implied;
import io.fingerpost.server.consent.decision.ConsentRecord.Stated;
import io.fingerpost.server.consent.decision.ConsentRecord.Status;
import io.fingerpost.server.consent.decision.Period;
import io.fingerpost.server.consent.decision.Provision;
import io.fingerpost.server.consent.decision.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.jspecify.annotations.Nullable;

/**
 * Reads a FHIR consent into the record the engine decides on. What it does not understand narrows
 * and never widens: a permit not fully read does not permit, nor does any exception under it; a
 * deny not fully read loses the criterion that was not understood, so that it denies more, and
 * outranks every permit.
 *
 * <p>Not understood at the top of a consent, so that it taints every rule: modifier extensions,
 * implicit rules, a missing status, a scope other than patient-privacy, a policy rule that is
 * neither IMPLIED, opt-in nor opt-out. A rule without a type is a deny. An opt-out denies
 * everything, whatever it goes on to allow.
 */
final class ConsentReader {
  private static final List<ConsentTerms> OPT_OUTS =
      List.of(ConsentTerms.OPTOUT, ConsentTerms.OPTOUTE, ConsentTerms.NOCONSENT);
  private static final List<ConsentTerms> UNDERSTOOD_POLICIES =
      List.of(ConsentTerms.IMPLIED, ConsentTerms.OPTIN, ConsentTerms.OPTINR);
  private static final Provision DENY_ALL =
      new Provision(Provision.Type.DENY, true, Scope.EVERYTHING, List.of());

  private final ProvisionReader provisions;
  private final AuthorityReader authorities;

  /**
   * @param odsCodeOf the ODS code of the organisation at {@code Organization/id}; empty when the
   *     store has no such organisation, or it has no code
   * @param relatedPersons the stored {@code RelatedPerson/id}
   */
  ConsentReader(
      Function<String, Optional<String>> odsCodeOf,
      Function<String, Optional<RelatedPerson>> relatedPersons) {
    this.provisions = new ProvisionReader(odsCodeOf);
    this.authorities = new AuthorityReader(relatedPersons);
  }

  /**
   * @param sender ODS code of the organisation that sent the consent, as the store knows it and not
   *     as the consent claims; null when unknown, and implied consent then reaches nobody
   */
  ConsentRecord read(Consent consent, @Nullable String sender) {
    boolean understood = isUnderstood(consent);
    boolean implied = understood && ConsentTerms.IMPLIED.isIn(consent.getPolicyRule());
    return new ConsentRecord(
        referenceOf(consent),
        statusOf(consent),
        statedIn(consent),
        authorities.of(consent),
        implied ? new Implied(sender) : null,
        rootOf(consent, understood));
  }

  private @Nullable Provision rootOf(Consent consent, boolean understood) {
    if (OPT_OUTS.stream().anyMatch(optOut -> optOut.isIn(consent.getPolicyRule()))) {
      return DENY_ALL;
    }
    if (!consent.hasProvision()) {
      return null;
    }
    Provision root = provisions.read(consent.getProvision());
    return understood ? root : new Provision(root.type(), false, root.scope(), root.exceptions());
  }

  private static boolean isUnderstood(Consent consent) {
    return !consent.hasModifierExtension()
        && !consent.hasImplicitRules()
        && consent.hasStatus()
        && ConsentTerms.PATIENT_PRIVACY.isIn(consent.getScope())
        && consent.getPolicyRule().getCoding().stream().allMatch(ConsentReader::isUnderstood);
  }

  private static boolean isUnderstood(Coding policy) {
    return UNDERSTOOD_POLICIES.stream().anyMatch(term -> term.is(policy));
  }

  private static String referenceOf(Consent consent) {
    String id = consent.getIdElement().getIdPart();
    return id == null ? "" : "Consent/" + id;
  }

  private static Status statusOf(Consent consent) {
    if (!consent.hasStatus()) {
      return Status.ACTIVE; // tainted, so that only its denies count
    }
    return switch (consent.getStatus()) {
      case DRAFT -> Status.DRAFT;
      case PROPOSED -> Status.PROPOSED;
      case REJECTED -> Status.REJECTED;
      case INACTIVE -> Status.INACTIVE;
      case ENTEREDINERROR -> Status.ENTERED_IN_ERROR;
      case ACTIVE, NULL -> Status.ACTIVE;
    };
  }

  private static Stated statedIn(Consent consent) {
    return FhirTime.spanOf(consent.getDateTimeElement())
        .map(span -> new Stated(span.start(), lastOf(span)))
        .orElse(Stated.UNKNOWN);
  }

  private static Instant lastOf(Period span) {
    return span.end().minusNanos(1);
  }
}
