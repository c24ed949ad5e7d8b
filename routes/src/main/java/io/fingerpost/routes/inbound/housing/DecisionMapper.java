package io.fingerpost.routes.inbound.housing;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.consent.SentBy;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.housing.HousingReferral.Decision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the landlord says was decided into a Consent: that the scheme may know, and nobody
 * else. It opens nothing to the landlord, who may always see how what it sent stands. What somebody
 * else decided, or the person with limits, is a proposal until a person has looked at it.
 *
 * <pre>
 * {"decision": "agreed", "decidedAt": "2026-03-02T09:25:00Z", "decidedBy": "person",
 *  "how": "telephone", "what": "That Wexcombe Homes tells Wexcombe Connect about the arrears."}
 * </pre>
 */
final class DecisionMapper {

  private static final String THE_PERSON = "person";

  private final OdsCode scheme;
  private final String sender;

  DecisionMapper(OdsCode scheme, String sender) {
    this.scheme = scheme;
    this.sender = sender;
  }

  /** Null where nobody was asked: the referral is then held until somebody is. */
  @Nullable Consent toConsent(@Nullable Decision decision) {
    if (decision == null) {
      return null;
    }
    Consent consent = new Consent();
    SentBy.set(consent, sender);
    consent.setStatus(status(decision));
    consent.setScope(ConsentTerms.PATIENT_PRIVACY.toConcept());
    consent.addCategory(ConsentTerms.INFA.toConcept());
    consent.setDateTimeElement(new DateTimeType(decision.decidedAt()));
    consent.setPolicyRule(ConsentTerms.OPTIN.toConcept());
    if (decision.what() != null) {
      consent.setSource(
          new Attachment()
              .setContentType("text/plain; charset=utf-8")
              .setTitle("What was agreed to")
              .setData(decision.what().getBytes(StandardCharsets.UTF_8)));
    }
    if (consent.getStatus() == ConsentState.REJECTED) {
      consent.getProvision().setType(ConsentProvisionType.DENY);
      return consent;
    }
    consent
        .getProvision()
        .setType(ConsentProvisionType.PERMIT)
        .addPurpose(ConsentTerms.TREAT.toCoding())
        .addActor()
        .setRole(ConsentTerms.IRCP.toConcept())
        .setReference(new Reference().setIdentifier(scheme.toIdentifier()));
    return consent;
  }

  private static ConsentState status(Decision decision) {
    if (decision.decision().equals("refused")) {
      return ConsentState.REJECTED;
    }
    boolean plain = decision.decidedBy().equals(THE_PERSON) && decision.limits() == null;
    return plain ? ConsentState.ACTIVE : ConsentState.PROPOSED;
  }

  /** What the link worker has to read before anything is done. */
  static List<String> notes(Decision decision) {
    List<String> notes = new ArrayList<>();
    if (decision.limits() != null) {
      notes.add("Consent, limits set by the person: " + decision.limits());
    }
    if (!decision.decidedBy().equals(THE_PERSON)) {
      String name = decision.name() == null ? "" : ", " + decision.name();
      notes.add("Consent, not decided by the person but by: " + decision.decidedBy() + name);
    }
    if (decision.how() != null) {
      notes.add("Consent, how it was asked for: " + decision.how());
    }
    return notes;
  }
}
