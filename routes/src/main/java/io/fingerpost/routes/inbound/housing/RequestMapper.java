package io.fingerpost.routes.inbound.housing;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.routes.inbound.NewRequest;
import io.fingerpost.routes.inbound.housing.HousingReferral.Reason;
import io.fingerpost.routes.inbound.housing.HousingReferral.Tenancy;
import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;

/**
 * Turns what is asked for, and why, into a ServiceRequest.
 *
 * <pre>
 * {"reference": "WH-55012", "referredAt": "2026-03-02T09:30:00Z", "priority": "urgent",
 *  "tenancy": {"reference": "T-1007", "startedOn": "2021-04-01"},
 *  "reasons": [{"need": "money", "text": "Four weeks behind with the rent"},
 *              {"leftLastHome": 48}],
 *  "notes": ["Prefers mornings"]}
 * </pre>
 */
final class RequestMapper {

  private static final CodeableConcept HOUSING_OFFICER =
      new CodeableConcept()
          .addCoding(
              new Coding(
                  SystemUrl.REFERRAL_SOURCE.url(),
                  "housing-officer",
                  "Referred by housing officer"));

  private final CoreLettings core;
  private final String sender;

  RequestMapper(CoreLettings core, String sender) {
    this.core = core;
    this.sender = sender;
  }

  ServiceRequest toServiceRequest(HousingReferral sent) {
    ServiceRequest request =
        NewRequest.of(sender, sent.reference(), sent.referredAt(), HOUSING_OFFICER.copy());
    if (sent.priority() != null) {
      request.setPriority(ServiceRequestPriority.fromCode(sent.priority()));
    }
    for (Reason reason : sent.reasons()) {
      request.addReasonCode(concept(reason));
      if (reason.leftLastHome() != null && CoreLettings.tellsOfAbuse(reason.leftLastHome())) {
        label(request);
      }
    }
    if (sent.person().safeContact() != null) {
      // The Patient of somebody known already stays as it is: this must be read all the same.
      request.addNote().setText(TenantMapper.safeContact(sent.person().safeContact()).note());
    }
    sent.notes().forEach(note -> request.addNote().setText(note));
    if (sent.tenancy() != null) {
      tenancy(sent.tenancy(), request);
    }
    if (sent.officer() != null && sent.officer().role() != null) {
      request.addNote().setText("Referred by: " + sent.officer().role());
    }
    if (sent.consent() != null) {
      DecisionMapper.notes(sent.consent()).forEach(note -> request.addNote().setText(note));
    }
    return request;
  }

  private CodeableConcept concept(Reason reason) {
    CodeableConcept concept = new CodeableConcept();
    if (reason.need() != null) {
      concept.addCoding().setSystem(SystemUrl.NEED.url()).setCode(reason.need());
    }
    if (reason.leftLastHome() != null) {
      core.reason(reason.leftLastHome(), concept);
    }
    return concept.setText(reason.text());
  }

  /** Whoever it is hidden from may be the danger: only a consent that names the label opens it. */
  private static void label(ServiceRequest request) {
    if (request.getMeta().getSecurity().stream().noneMatch(ConsentTerms.SDV::is)) {
      request.getMeta().addSecurity(ConsentTerms.SDV.toCoding());
    }
  }

  private void tenancy(Tenancy tenancy, ServiceRequest request) {
    request.addIdentifier(
        NewRequest.identifier(SystemUrl.TENANCY.url() + "/" + sender, tenancy.reference(), sender));
    if (tenancy.startedOn() != null) {
      request.addNote().setText("Tenancy since " + tenancy.startedOn());
    }
  }
}
