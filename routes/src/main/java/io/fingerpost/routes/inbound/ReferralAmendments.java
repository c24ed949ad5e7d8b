package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.consent.SentBy;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.reliability.NewestMessage;
import io.fingerpost.routes.store.ReferralStore;
import io.fingerpost.routes.store.TransactionDraft;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * Changes a referral to what its sender now wants, as long as it has not ended. What the sender
 * leaves out stays; where it stands is not the sender's to say.
 */
final class ReferralAmendments implements ContentKind<ReferralAmendment> {

  private final ReferralStore store;
  private final PersonMatch people;
  private final NewestMessage newest;

  ReferralAmendments(Contents.Records records) {
    this.store = records.store();
    this.people = records.people();
    this.newest = records.newest();
  }

  @Override
  public Class<ReferralAmendment> content() {
    return ReferralAmendment.class;
  }

  @Override
  public Outcome store(Part part, ReferralAmendment amendment) {
    String sender = part.message().sender();
    OwnReferral referral =
        OwnReferral.find(store, sender, amendment.referral()).orElseThrow(OwnReferral::unknown);
    referral.requireAbout(part, amendment.amended().patient(), people);
    if (!newest
        .take(
            OwnReferral.subject(sender, amendment.referral()),
            amendment.said().earliest(),
            amendment.said().latest())
        .newest()) {
      return new Outcome.Noted(Outcome.Note.OLDER_THAN_KNOWN, referral.reference());
    }
    requireOpen(referral.state());
    store.save(amended(part, amendment.amended(), referral));
    return new Outcome.Stored(referral.reference());
  }

  private static void requireOpen(ReferralState state) {
    if (state.care().hasEnded()) {
      throw new MessageRefused(
          Code.REFERRAL_MOVE_ILLEGAL,
          "referral id",
          "The referral is "
              + state.code()
              + ": it has ended, and is not changed. Send a new one.");
    }
  }

  private Bundle amended(Part part, Referral sent, OwnReferral referral) {
    TransactionDraft draft = new TransactionDraft(part.message().id());
    ServiceRequest request = referral.request().copy();
    Reference patient = request.getSubject();
    Provenance provenance =
        MessageProvenance.of(part.message(), request.getRequester(), sent.referrer());
    take(sent.request(), request);
    for (DomainResource supporting : sent.supporting()) {
      DomainResource about = about(supporting, patient, part.message().sender());
      if (!isThere(about, request)) {
        request.addSupportingInfo(draft.create(about, "supporting"));
      }
    }
    provenance.addTarget(draft.update(request));
    Task task = referral.task().copy();
    if (request.hasPriority() && !request.getPriority().toCode().equals(priority(task))) {
      task.setPriority(Task.TaskPriority.fromCode(request.getPriority().toCode()));
      provenance.addTarget(draft.update(task));
    }
    Consent consent = sent.consent();
    if (consent != null) {
      consent.setPatient(patient.copy()).addOrganization(task.getOwner().copy());
      SentBy.set(consent, part.message().sender());
      provenance.addTarget(draft.create(consent, "consent"));
    }
    draft.create(provenance, "provenance");
    return draft.bundle();
  }

  /** Everything a sender says of what it asks for; who, for whom and by whom stays. */
  private static void take(ServiceRequest sent, ServiceRequest request) {
    if (sent.hasPriority()) {
      request.setPriority(sent.getPriority());
    }
    if (sent.hasCategory()) {
      request.setCategory(sent.getCategory());
    }
    if (sent.hasCode()) {
      request.setCode(sent.getCode());
    }
    if (sent.hasOrderDetail()) {
      request.setOrderDetail(sent.getOrderDetail());
    }
    if (sent.hasOccurrence()) {
      request.setOccurrence(sent.getOccurrence());
    }
    if (sent.hasReasonCode()) {
      request.setReasonCode(sent.getReasonCode());
    }
    if (sent.hasNote()) {
      request.setNote(sent.getNote());
    }
    if (sent.hasPatientInstruction()) {
      request.setPatientInstruction(sent.getPatientInstruction());
    }
  }

  private static String priority(Task task) {
    return task.hasPriority() ? task.getPriority().toCode() : "";
  }

  private static DomainResource about(DomainResource supporting, Reference patient, String sender) {
    SentBy.set(supporting, sender);
    if (supporting instanceof Observation observation) {
      observation.setSubject(patient.copy());
    } else if (supporting instanceof Flag flag) {
      flag.setSubject(patient.copy());
    }
    return supporting;
  }

  /** A sender that says it all again does not say it twice. */
  private boolean isThere(DomainResource supporting, ServiceRequest request) {
    return request.getSupportingInfo().stream()
        .map(info -> new IdType(info.getReference()))
        .filter(id -> supporting.fhirType().equals(id.getResourceType()))
        .map(id -> store.read(supporting.getClass(), id.getIdPart()))
        .anyMatch(kept -> bare(kept).equalsDeep(bare(supporting)));
  }

  private static Resource bare(Resource resource) {
    Resource copy = resource.copy();
    copy.setMeta(null);
    copy.setId((String) null);
    return copy;
  }
}
