package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.consent.SentBy;
import io.fingerpost.profiles.matching.MatchTask;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.profiles.referral.TaskState;
import io.fingerpost.routes.inbound.ContentKind.Part;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.routes.store.TransactionDraft;
import io.fingerpost.terminology.SystemUrl;
import java.util.Date;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
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
    return of(new Part(message, 1, false), referral, known);
  }

  Bundle of(Part part, Referral referral, KnownParties known) {
    return new Binding(part, referral, known).bundle();
  }

  /** One referral being bound. */
  private final class Binding {
    private final Part part;
    private final KeptMessage message;
    private final Referral referral;
    private final KnownParties known;
    private final TransactionDraft draft;

    Binding(Part part, Referral referral, KnownParties known) {
      this.part = part;
      this.message = part.message();
      this.referral = referral;
      this.known = known;
      this.draft = new TransactionDraft(message.id());
    }

    Bundle bundle() {
      Reference requester = organisation(referral.requester(), known.requester());
      Reference owner = organisation(schemeOrganisation(), known.scheme());
      Reference patient = patient();
      ServiceRequest request = referral.request();
      request.addIdentifier(
          new Identifier().setSystem(SystemUrl.MESSAGE_ID.url()).setValue(part.id()));
      request.setSubject(patient).setRequester(requester).addPerformer(owner);
      if (!sharingIsStated()) {
        request.setStatus(ServiceRequestStatus.ONHOLD);
      }
      for (DomainResource supporting : referral.supporting()) {
        request.addSupportingInfo(draft.create(about(supporting, patient), "supporting"));
      }
      Reference requested = draft.create(request, "request");
      Provenance provenance =
          MessageProvenance.of(message, requester, referral.referrer()).addTarget(requested);
      if (known.relabelled() != null) {
        provenance.addTarget(draft.update(known.relabelled()));
      }
      provenance.addTarget(draft.create(task(requested, patient, requester, owner), "task"));
      Consent consent = referral.consent();
      if (consent != null) {
        consent.setPatient(patient).addOrganization(owner);
        SentBy.set(consent, message.sender());
        provenance.addTarget(draft.create(consent, "consent"));
      }
      draft.create(provenance, "provenance");
      return draft.bundle();
    }

    private DomainResource about(DomainResource supporting, Reference patient) {
      SentBy.set(supporting, message.sender());
      if (supporting instanceof Observation observation) {
        observation.setSubject(patient);
      } else if (supporting instanceof Flag flag) {
        flag.setSubject(patient);
      } else if (supporting instanceof QuestionnaireResponse response) {
        response.setSubject(patient);
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
      return draft.createUnlessThere(referral.patient(), "patient", identifier);
    }

    private Reference organisation(Organization organisation, @Nullable String id) {
      Identifier identifier = organisation.getIdentifierFirstRep();
      Reference reference;
      if (id == null) {
        reference =
            draft.createUnlessThere(
                organisation, "organisation/" + identifier.getValue(), identifier);
      } else {
        reference = new Reference(id);
      }
      return reference.setIdentifier(identifier).setDisplay(organisation.getName());
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
      if (known.wrongNumber()) {
        MatchTask.saysWrongNumber(task);
      }
      return task;
    }

    private String priority() {
      return referral.request().hasPriority()
          ? referral.request().getPriority().toCode()
          : "routine";
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
