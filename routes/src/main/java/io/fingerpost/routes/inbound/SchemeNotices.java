package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.SystemUrl;
import java.util.Date;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * Tells the scheme's people what a message brought that they have to see to: a Communication in
 * progress until somebody has. Very restricted, so that it is nobody else's news.
 */
final class SchemeNotices {

  /** What is told, as {@code communication-kind} has it. */
  enum Kind {
    DEATH_REPORTED("death-reported"),
    CONTACT_NOT_CHANGED("contact-not-changed"),
    RECORDS_MERGED("records-merged");

    private final String code;

    Kind(String code) {
      this.code = code;
    }
  }

  private final OdsCode scheme;

  SchemeNotices(Scheme scheme) {
    this.scheme = new OdsCode(scheme.organisation());
  }

  /**
   * @param patient {@code Patient/<id>}
   * @param what in words for a link worker
   */
  Communication about(String patient, Kind kind, String what, KeptMessage message) {
    Communication told = new Communication();
    told.getMeta().addSecurity(ConsentTerms.V.toCoding());
    told.setStatus(CommunicationStatus.INPROGRESS).setSent(Date.from(message.receivedAt()));
    told.addCategory().addCoding().setSystem(SystemUrl.COMMUNICATION_KIND.url()).setCode(kind.code);
    told.setSubject(new Reference(patient));
    told.addRecipient(organisation(scheme)).setSender(organisation(new OdsCode(message.sender())));
    told.addPayload().setContent(new StringType(what));
    return told;
  }

  private static Reference organisation(OdsCode code) {
    return new Reference().setType("Organization").setIdentifier(code.toIdentifier());
  }
}
