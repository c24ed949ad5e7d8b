package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.consent.SentBy;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeMap;
import io.fingerpost.terminology.CodeTranslator;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Turns what CON says about releasing information into a Consent, wherever in the message CON
 * stands and whatever the version. Where several say different things the strictest is kept; a CON
 * about something else, an operation for instance, says nothing here.
 *
 * <pre>CON|1|001^Release of information|||||||||A^Active^HL70498||202603031000</pre>
 */
final class ConsentSegments {

  /** CON-2, table 0496: release of information. */
  private static final String RELEASE_OF_INFORMATION = "001";

  private static final List<ConsentState> STRICTEST_FIRST =
      List.of(
          ConsentState.REJECTED, ConsentState.PROPOSED, ConsentState.DRAFT, ConsentState.ACTIVE);

  private final CodeTranslator codes;
  private final OdsCode scheme;

  ConsentSegments(CodeTranslator codes, OdsCode scheme) {
    this.codes = codes;
    this.scheme = scheme;
  }

  /** Null where nothing is said: the referral is then held until something is. */
  @Nullable Consent toConsent(HospitalMessage sent, Hl7Header header, KeptMessage message) {
    return sent.all("CON").stream()
        .filter(ConsentSegments::isAboutInformation)
        .map(con -> toConsent(con, header, message))
        .min(Comparator.comparing(consent -> STRICTEST_FIRST.indexOf(consent.getStatus())))
        .orElse(null);
  }

  /** CON-9: limits the person set, in words; they go where the link worker reads them. */
  static List<String> limits(HospitalMessage sent) {
    return sent.all("CON").stream()
        .filter(ConsentSegments::isAboutInformation)
        .map(con -> con.prose(9, 1))
        .flatMap(Optional::stream)
        .map(limit -> "Consent, limits set by the person: " + limit)
        .toList();
  }

  private static boolean isAboutInformation(Hl7Segment con) {
    return con.text(2).orElse(RELEASE_OF_INFORMATION).equals(RELEASE_OF_INFORMATION);
  }

  private Consent toConsent(Hl7Segment con, Hl7Header header, KeptMessage message) {
    Consent consent = new Consent();
    SentBy.set(consent, message.sender());
    consent.setStatus(status(con));
    consent.setScope(ConsentTerms.PATIENT_PRIVACY.toConcept());
    consent.addCategory(ConsentTerms.DRC.toConcept());
    consent.setDateTimeElement(
        Hl7Time.in(con, 13)
            .or(() -> Hl7Time.in(con, 12))
            .or(() -> Hl7Time.parse(header.time()))
            .orElseGet(() -> RequestSegments.received(message))
            .toDateTime());
    consent.setPolicyRule(ConsentTerms.IMPLIED.toConcept());
    consent.setProvision(provision(con, consent.getStatus(), message.sender()));
    return consent;
  }

  private ConsentState status(Hl7Segment con) {
    String sent =
        con.text(11)
            .orElseThrow(
                () ->
                    MessageRefused.missing(
                        con.location(11), "Say with a code of table 0498 what was decided."));
    return codes
        .translate(CodeMap.CONSENT_STATUS, sent)
        .code()
        .map(ConsentState::fromCode)
        .orElseThrow(() -> MessageRefused.invalid(con.location(11), "Send a code of table 0498."));
  }

  /** Direct care, between the sender and the scheme, for as long as CON-14 and CON-15 say. */
  private ProvisionComponent provision(Hl7Segment con, ConsentState status, String sender) {
    ProvisionComponent provision = new ProvisionComponent();
    if (status == ConsentState.REJECTED) {
      return provision.setType(
          ConsentProvisionType.DENY); // of everything, until something else is said
    }
    period(con).ifPresent(provision::setPeriod);
    provision.setType(ConsentProvisionType.PERMIT);
    for (OdsCode organisation : List.of(new OdsCode(sender), scheme)) {
      provision
          .addActor()
          .setRole(ConsentTerms.IRCP.toConcept())
          .setReference(new Reference().setIdentifier(organisation.toIdentifier()));
    }
    provision.addPurpose(ConsentTerms.TREAT.toCoding());
    return provision;
  }

  private static Optional<Period> period(Hl7Segment con) {
    Period period = new Period();
    Hl7Time.in(con, 14).ifPresent(start -> period.setStartElement(start.toDateTime()));
    Hl7Time.in(con, 15).ifPresent(end -> period.setEndElement(end.toDateTime()));
    return period.isEmpty() ? Optional.empty() : Optional.of(period);
  }
}
