package io.fingerpost.routes.inbound;

import java.util.List;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * A new referral, before it is bound into a transaction. The resources carry no ids and no
 * references to one another: {@link ReferralTransaction} sets those, with the Task, the Provenance
 * and the profiles.
 *
 * @param patient with the NHS number, or the sender's own id under {@code LOCAL_PATIENT_ID/<ODS>}
 * @param requester the referring organisation, with its ODS code
 * @param referrer the referring person, where the message names one
 * @param request with code, reason, priority, authoredOn and the sender's identifier; status and
 *     subject are set later
 * @param consent what the message states about sharing; none stated means the referral is held
 * @param supporting Observations, Flags and QuestionnaireResponses about the person, linked as
 *     supporting information; their subject is set later
 * @param said when the sender wrote it; null where its format has no such time
 */
public record Referral(
    Patient patient,
    Organization requester,
    @Nullable Practitioner referrer,
    ServiceRequest request,
    @Nullable Consent consent,
    List<DomainResource> supporting,
    @Nullable MessageTime said)
    implements Content {

  public Referral(
      Patient patient,
      Organization requester,
      @Nullable Practitioner referrer,
      ServiceRequest request,
      @Nullable Consent consent,
      List<DomainResource> supporting) {
    this(patient, requester, referrer, request, consent, supporting, null);
  }
}
