package io.fingerpost.routes.sharing;

import ca.uhn.fhir.repository.IRepository;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.profiles.referral.TaskState;
import io.fingerpost.routes.reliability.OutboxRow;
import io.fingerpost.terminology.SystemUrl;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.springframework.stereotype.Component;

/** Who sent the referral that a changed Task is about, and how that referral now stands. */
@Component
final class ReferrerOf {

  private final IRepository repository;

  ReferrerOf(IRepository repository) {
    this.repository = repository;
  }

  /**
   * @param organisation ODS code of the referrer; empty when it has none
   */
  record Found(Optional<String> organisation, ReferralStanding standing) {}

  Found find(OutboxRow row) {
    Task task = repository.read(Task.class, new IdType(row.resource()));
    ServiceRequest request = repository.read(ServiceRequest.class, idOf(task.getFocus()));
    Patient patient = repository.read(Patient.class, idOf(task.getFor()));
    Optional<String> referrer = odsCode(task.getRequester());
    return new Found(referrer, standing(task, request, person(patient, referrer.orElse(""))));
  }

  private static ReferralStanding standing(Task task, ServiceRequest request, Identifier person) {
    return new ReferralStanding(
        request.getIdElement().getIdPart(),
        request.getIdentifier(),
        person,
        request.getStatus(),
        task.getStatus(),
        TaskState.in(task).map(ReferralState::toCoding).orElse(null),
        task.getStatusReason().hasCoding() ? task.getStatusReason().getCodingFirstRep() : null,
        task.getStatusReason().hasText() ? task.getStatusReason().getText() : null);
  }

  /** The NHS number, or else the number under which the sender itself knows the person. */
  private static Identifier person(Patient patient, String referrer) {
    String local = SystemUrl.LOCAL_PATIENT_ID.url() + "/" + referrer;
    List<Identifier> identifiers = patient.getIdentifier();
    return identifiers.stream()
        .filter(identifier -> SystemUrl.NHS_NUMBER.url().equals(identifier.getSystem()))
        .findFirst()
        .or(() -> identifiers.stream().filter(own -> local.equals(own.getSystem())).findFirst())
        .map(
            identifier ->
                new Identifier().setSystem(identifier.getSystem()).setValue(identifier.getValue()))
        .orElseGet(Identifier::new);
  }

  private Optional<String> odsCode(Reference requester) {
    if (!requester.hasReference()) {
      return Optional.ofNullable(requester.getIdentifier().getValue());
    }
    Organization organisation = repository.read(Organization.class, idOf(requester));
    return organisation.getIdentifier().stream()
        .filter(identifier -> SystemUrl.ODS_ORGANISATION.url().equals(identifier.getSystem()))
        .map(Identifier::getValue)
        .findFirst();
  }

  private static IdType idOf(Reference reference) {
    return new IdType(reference.getReference()).toUnqualifiedVersionless();
  }
}
