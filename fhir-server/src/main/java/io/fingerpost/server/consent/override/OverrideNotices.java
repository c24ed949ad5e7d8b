package io.fingerpost.server.consent.override;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.audit.Decided;
import io.fingerpost.server.audit.DecisionAudit;
import io.fingerpost.server.audit.DecisionAudit.Step;
import io.fingerpost.server.consent.decision.GrantedOverride.Kind;
import io.fingerpost.terminology.SystemUrl;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * Tells of overrides: the scheme by a Communication, in the database transaction that is open, and
 * whoever looks into it later by an AuditEvent of its own kind, before that transaction ends. The
 * reason stands in the AuditEvent alone, which operators read.
 */
final class OverrideNotices {

  private final DaoRegistry daos;
  private final DecisionAudit audit;
  private final String scheme;

  /**
   * @param scheme ODS code of the scheme itself
   */
  OverrideNotices(DaoRegistry daos, DecisionAudit audit, String scheme) {
    this.daos = daos;
    this.audit = audit;
    this.scheme = scheme;
  }

  /**
   * A message to the scheme, in progress until somebody there has seen to it. Very restricted: that
   * there is a concern is no news for those who may be its cause.
   *
   * @return its reference
   */
  String tellScheme(UUID id, OverrideOperations.Asked asked, String patient, Instant now) {
    Communication told = new Communication();
    told.getMeta().addSecurity(ConsentTerms.V.toCoding());
    told.addIdentifier().setSystem(SystemUrl.OVERRIDE_ID.url()).setValue(id.toString());
    told.setStatus(CommunicationStatus.INPROGRESS).setSent(Date.from(now));
    told.addCategory()
        .addCoding()
        .setSystem(SystemUrl.COMMUNICATION_KIND.url())
        .setCode("override-used");
    told.addReasonCode().addCoding(kind(asked.kind()));
    told.setSubject(new Reference(patient));
    told.addRecipient(organisation(scheme)).setSender(organisation(asked.caller().organisation()));
    told.addPayload()
        .setContent(new StringType("Consent was set aside for this person. See $overrides."));
    return daos.getResourceDao(Communication.class)
        .create(told, new SystemRequestDetails())
        .getId()
        .toUnqualifiedVersionless()
        .getValue();
  }

  void recordGranted(Grant grant, Caller to) {
    audit.recordOverride(
        decided(grant, to),
        Step.GRANTED,
        Map.of("stated", grant.reason(), "until", grant.until().toString()));
  }

  void recordEnded(Grant grant, Caller by) {
    audit.recordOverride(decided(grant, by), Step.ENDED, Map.of("stated", grant.reason()));
  }

  private static Decided decided(Grant grant, Caller by) {
    return new Decided(
        by.client(),
        by.organisation(),
        by.purpose(),
        Set.of(grant.patient()),
        grant.notice(),
        true,
        reason(grant.kind()),
        "");
  }

  /** Somebody looked for a person who is not known here. */
  void recordUnknown(OverrideOperations.Asked asked, String person) {
    Caller caller = asked.caller();
    audit.recordOverride(
        new Decided(
            caller.client(),
            caller.organisation(),
            caller.purpose(),
            Set.of(),
            "",
            false,
            reason(asked.kind()),
            ""),
        Step.IN_VAIN,
        Map.of("stated", asked.reason(), "asked-for", person));
  }

  private static String reason(Kind kind) {
    return "OVERRIDE_" + kind.name();
  }

  private static Coding kind(Kind kind) {
    String code = OverrideOperations.nameOf(kind).substring(1);
    return new Coding(SystemUrl.OVERRIDE_KIND.url(), code, null);
  }

  private static Reference organisation(String code) {
    return new Reference().setIdentifier(new OdsCode(code).toIdentifier());
  }
}
