package io.fingerpost.server.audit;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import io.fingerpost.terminology.SystemUrl;
import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.slf4j.MDC;

/**
 * Writes an AuditEvent for every decision. Decisions of one request that are alike (same people,
 * same reason, same basis) stand in one event, which names each resource.
 */
public final class DecisionAudit {

  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String ENTITY_TYPE =
      "http://terminology.hl7.org/CodeSystem/audit-entity-type";
  private static final String OBJECT_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";

  private final DaoRegistry daos;
  private final Clock clock;

  public DecisionAudit(DaoRegistry daos, Clock clock) {
    this.daos = daos;
    this.clock = clock;
  }

  /** Durable when this returns. */
  public void record(Collection<Decided> decisions) {
    for (AuditEvent event : events(decisions)) {
      daos.getResourceDao(AuditEvent.class).create(event, new SystemRequestDetails());
    }
  }

  /** What is written, which nothing checks any more on its way into the store. */
  Collection<AuditEvent> events(Collection<Decided> decisions) {
    Map<List<Object>, AuditEvent> events = new LinkedHashMap<>();
    for (Decided decided : decisions) {
      AuditEvent event =
          events.computeIfAbsent(
              List.of(decided.client(), decided.people(), decided.reason(), decided.basis()),
              alike -> event(decided));
      if (!decided.resource().isEmpty()) {
        event.addEntity(resource(decided.resource()));
      }
    }
    return events.values();
  }

  private AuditEvent event(Decided decided) {
    AuditEvent event = new AuditEvent();
    event.setType(new Coding(DICOM, "110112", "Query"));
    event.addSubtype(
        new Coding(
            SystemUrl.CONSENT_PROVISION_TYPE.url(), decided.permitted() ? "permit" : "deny", null));
    event.setAction(AuditEventAction.R).setRecorded(Date.from(clock.instant()));
    event.setOutcome(decided.permitted() ? AuditEventOutcome._0 : AuditEventOutcome._4);
    event
        .addPurposeOfEvent()
        .addCoding()
        .setSystem(SystemUrl.V3_ACT_REASON.url())
        .setCode(decided.purpose());
    event.addAgent(agent(decided));
    event.getSource().getObserver().setDisplay("Fingerpost");
    new TreeSet<>(decided.people()).forEach(person -> event.addEntity(person(person)));
    event.addEntity(decision(decided));
    return event;
  }

  private static AuditEventAgentComponent agent(Decided decided) {
    AuditEventAgentComponent agent = new AuditEventAgentComponent();
    agent.setRequestor(true).setName(decided.client());
    agent
        .getWho()
        .setIdentifier(
            new Identifier()
                .setSystem(SystemUrl.ODS_ORGANISATION.url())
                .setValue(decided.organisation()));
    return agent;
  }

  private static AuditEventEntityComponent person(String reference) {
    return new AuditEventEntityComponent()
        .setWhat(new Reference(reference))
        .setType(new Coding(ENTITY_TYPE, "1", "Person"))
        .setRole(new Coding(OBJECT_ROLE, "1", "Patient"));
  }

  private static AuditEventEntityComponent resource(String reference) {
    return new AuditEventEntityComponent()
        .setWhat(new Reference(reference))
        .setType(new Coding(ENTITY_TYPE, "2", "System Object"));
  }

  private static AuditEventEntityComponent decision(Decided decided) {
    AuditEventEntityComponent entity = new AuditEventEntityComponent();
    entity.setType(new Coding(ENTITY_TYPE, "4", "Other")).setName("decision");
    entity.addDetail().setType("reason").setValue(new StringType(decided.reason()));
    if (!decided.basis().isEmpty()) {
      entity.setWhat(new Reference(decided.basis()));
    }
    String correlation = MDC.get("correlation");
    if (correlation != null) {
      entity.addDetail().setType("correlation").setValue(new StringType(correlation));
    }
    return entity;
  }
}
