package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.Profile;
import io.fingerpost.profiles.consent.SentBy;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.profiles.referral.TaskState;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.SystemUrl;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * Binds a referral into the one transaction that stores it: Patient and organisations where they
 * are new, ServiceRequest, Task, Consent, what supports it, and the Provenance that names sender
 * and message. The same message gives the same Bundle.
 */
public final class ReferralTransaction {

  private final Scheme scheme;

  public ReferralTransaction(Scheme scheme) {
    this.scheme = scheme;
  }

  public Bundle of(KeptMessage message, Referral referral, KnownParties known) {
    return new Draft(message, referral, known).bundle();
  }

  /** One Bundle being made. */
  private final class Draft {
    private final KeptMessage message;
    private final Referral referral;
    private final KnownParties known;
    private final Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);

    Draft(KeptMessage message, Referral referral, KnownParties known) {
      this.message = message;
      this.referral = referral;
      this.known = known;
    }

    Bundle bundle() {
      Reference requester = organisation(referral.requester(), known.requester());
      Reference owner = organisation(schemeOrganisation(), known.scheme());
      Reference patient = patient();
      ServiceRequest request = referral.request();
      request.addIdentifier(messageIdentifier());
      request.setSubject(patient).setRequester(requester).addPerformer(owner);
      if (!sharingIsStated()) {
        request.setStatus(ServiceRequestStatus.ONHOLD);
      }
      for (DomainResource supporting : referral.supporting()) {
        request.addSupportingInfo(add(about(supporting, patient), "supporting"));
      }
      Reference requested = add(request, "request");
      Provenance provenance = provenance(requester).addTarget(requested);
      provenance.addTarget(add(task(requested, patient, requester, owner), "task"));
      Consent consent = referral.consent();
      if (consent != null) {
        consent.setPatient(patient).addOrganization(owner);
        SentBy.set(consent, message.sender());
        provenance.addTarget(add(consent, "consent"));
      }
      add(provenance, "provenance");
      return bundle;
    }

    private DomainResource about(DomainResource supporting, Reference patient) {
      SentBy.set(supporting, message.sender());
      if (supporting instanceof Observation observation) {
        observation.setSubject(patient);
      } else if (supporting instanceof Flag flag) {
        flag.setSubject(patient);
      }
      return supporting;
    }

    private boolean sharingIsStated() {
      Consent consent = referral.consent();
      return consent != null && consent.getStatus() == ConsentState.ACTIVE;
    }

    private Reference patient() {
      if (known.patient() != null) {
        return new Reference(known.patient());
      }
      Identifier identifier = referral.patient().getIdentifierFirstRep();
      Reference reference = add(referral.patient(), "patient");
      createUnlessThere("Patient", identifier);
      return reference;
    }

    private Reference organisation(Organization organisation, @Nullable String id) {
      Identifier identifier = organisation.getIdentifierFirstRep();
      Reference reference;
      if (id == null) {
        reference = add(organisation, "organisation/" + identifier.getValue());
        createUnlessThere("Organization", identifier);
      } else {
        reference = new Reference(id);
      }
      return reference.setIdentifier(identifier).setDisplay(organisation.getName());
    }

    private void createUnlessThere(String type, Identifier identifier) {
      Bundle.BundleEntryComponent entry = bundle.getEntry().get(bundle.getEntry().size() - 1);
      entry
          .getRequest()
          .setUrl(type)
          .setIfNoneExist("identifier=" + identifier.getSystem() + "|" + identifier.getValue());
    }

    private Task task(
        Reference requested, Reference patient, Reference requester, Reference owner) {
      Task task = new Task();
      task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.ORDER);
      TaskState.write(
          sharingIsStated() ? ReferralState.RECEIVED : ReferralState.HELD_FOR_CONSENT, task);
      task.setCode(coded(SystemUrl.TASK_CODE, "fulfill"));
      task.setPriority(Task.TaskPriority.fromCode(priority()));
      task.setFocus(requested).setFor(patient).setRequester(requester).setOwner(owner);
      task.setAuthoredOn(Date.from(message.receivedAt()));
      return task;
    }

    private String priority() {
      return referral.request().hasPriority()
          ? referral.request().getPriority().toCode()
          : "routine";
    }

    private Provenance provenance(Reference requester) {
      Provenance provenance = new Provenance().setRecorded(Date.from(message.receivedAt()));
      Provenance.ProvenanceAgentComponent agent = provenance.addAgent();
      agent.setType(coded(SystemUrl.PROVENANCE_PARTICIPANT_TYPE, "author"));
      if (referral.referrer() == null) {
        agent.setWho(requester);
      } else {
        agent.setWho(named(referral.referrer())).setOnBehalfOf(requester);
      }
      provenance
          .addEntity()
          .setRole(ProvenanceEntityRole.SOURCE)
          .setWhat(new Reference().setIdentifier(messageIdentifier()));
      return provenance;
    }

    /** By name and number only: a record of each referrer for each referral would help nobody. */
    private static Reference named(Practitioner referrer) {
      Reference named = new Reference().setType("Practitioner");
      if (referrer.hasIdentifier()) {
        named.setIdentifier(referrer.getIdentifierFirstRep());
      }
      return referrer.hasName()
          ? named.setDisplay(referrer.getNameFirstRep().getNameAsSingleString())
          : named;
    }

    private Identifier messageIdentifier() {
      return new Identifier()
          .setSystem(SystemUrl.MESSAGE_ID.url())
          .setValue(message.sender() + "/" + message.messageId());
    }

    /** Adds a create under a name that is the same each time this message is translated. */
    private Reference add(Resource resource, String role) {
      Profile.of(resource.fhirType())
          .filter(profile -> !resource.getMeta().hasProfile(profile.url()))
          .ifPresent(profile -> resource.getMeta().addProfile(profile.url()));
      String seed = message.id() + "/" + role + "/" + bundle.getEntry().size();
      String fullUrl = "urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
      bundle
          .addEntry()
          .setFullUrl(fullUrl)
          .setResource(resource)
          .getRequest()
          .setMethod(HTTPVerb.POST)
          .setUrl(resource.fhirType());
      return new Reference(fullUrl);
    }
  }

  private Organization schemeOrganisation() {
    Organization organisation = new Organization().setName(scheme.name());
    organisation.addIdentifier(
        new Identifier()
            .setSystem(SystemUrl.ODS_ORGANISATION.url())
            .setValue(scheme.organisation()));
    return organisation;
  }

  private static CodeableConcept coded(SystemUrl system, String code) {
    return new CodeableConcept().addCoding(new Coding().setSystem(system.url()).setCode(code));
  }
}
