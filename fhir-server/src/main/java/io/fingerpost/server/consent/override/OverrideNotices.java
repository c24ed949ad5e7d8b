package io.fingerpost.server.consent.override;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.consent.decision.GrantedOverride.Kind;
import io.fingerpost.terminology.SystemUrl;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.slf4j.MDC;

/**
 * Tells of overrides, in the database transaction that is open: the scheme by a Communication, and
 * whoever looks into it later by an AuditEvent of its own kind. The reason stands in the AuditEvent
 * alone, which operators read.
 */
final class OverrideNotices {

  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String ENTITY_TYPE =
      "http://terminology.hl7.org/CodeSystem/audit-entity-type";

  private final DaoRegistry daos;
  private final String scheme;

  /**
   * @param scheme ODS code of the scheme itself
   */
  OverrideNotices(DaoRegistry daos, String scheme) {
    this.daos = daos;
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
    told.addReasonCode().addCoding(codeOf(asked.kind()));
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
    Coding started = new Coding(DICOM, "110127", "Emergency Override Started");
    record(grant, to, started, AuditEventAction.C, grant.grantedAt());
  }

  void recordEnded(Grant grant, Caller by, Instant at) {
    Coding stopped = new Coding(DICOM, "110138", "Emergency Override Stopped");
    record(grant, by, stopped, AuditEventAction.U, at);
  }

  private void record(Grant grant, Caller who, Coding what, AuditEventAction action, Instant at) {
    AuditEvent event = event(codeOf(grant.kind()), who, at).addSubtype(what);
    event.setAction(action).setOutcome(AuditEventOutcome._0);
    addPerson(event, grant.patient());
    addOverride(event, grant.reason()).setWhat(new Reference(grant.notice()));
    write(event);
  }

  /** Somebody looked for a person who is not known here. */
  void recordUnknown(OverrideOperations.Asked asked, String person, Instant at) {
    AuditEvent event = event(codeOf(asked.kind()), asked.caller(), at);
    event.setAction(AuditEventAction.C).setOutcome(AuditEventOutcome._4);
    addOverride(event, asked.reason())
        .addDetail()
        .setType("asked-for")
        .setValue(new StringType(person));
    write(event);
  }

  private static AuditEvent event(Coding kind, Caller caller, Instant at) {
    AuditEvent event = new AuditEvent();
    event.setType(new Coding(DICOM, "110113", "Security Alert")).addSubtype(kind);
    event.setRecorded(Date.from(at));
    event
        .addPurposeOfEvent()
        .addCoding()
        .setSystem(SystemUrl.V3_ACT_REASON.url())
        .setCode(caller.purpose());
    event
        .addAgent()
        .setRequestor(true)
        .setName(caller.client())
        .setWho(organisation(caller.organisation()));
    event.getSource().getObserver().setDisplay("Fingerpost");
    return event;
  }

  private static void addPerson(AuditEvent event, String patient) {
    event
        .addEntity()
        .setWhat(new Reference(patient))
        .setType(new Coding(ENTITY_TYPE, "1", "Person"))
        .setRole(new Coding("http://terminology.hl7.org/CodeSystem/object-role", "1", "Patient"));
  }

  private static AuditEvent.AuditEventEntityComponent addOverride(AuditEvent event, String reason) {
    AuditEvent.AuditEventEntityComponent entity = event.addEntity();
    entity.setType(new Coding(ENTITY_TYPE, "4", "Other")).setName("override");
    entity.addDetail().setType("reason").setValue(new StringType(reason));
    String correlation = MDC.get("correlation");
    if (correlation != null) {
      entity.addDetail().setType("correlation").setValue(new StringType(correlation));
    }
    return entity;
  }

  private void write(AuditEvent event) {
    daos.getResourceDao(AuditEvent.class).create(event, new SystemRequestDetails());
  }

  /** As its operation is called. */
  private static Coding codeOf(Kind kind) {
    return new Coding(
        SystemUrl.OVERRIDE_KIND.url(), OverrideOperations.nameOf(kind).substring(1), null);
  }

  private static Reference organisation(String code) {
    return new Reference().setIdentifier(new OdsCode(code).toIdentifier());
  }
}
