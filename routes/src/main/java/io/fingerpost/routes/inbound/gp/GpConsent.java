package io.fingerpost.routes.inbound.gp;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.util.List;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * What the person agreed to, carried whole or not at all: a part that could not be kept would let
 * the rest say something else, so it is refused instead of dropped.
 */
final class GpConsent {

  private final Consent sent;
  private final GpMessage message;

  private GpConsent(Consent sent, GpMessage message) {
    this.sent = sent;
    this.message = message;
  }

  static Consent of(GpMessage message, Patient patient, Carried carried) {
    Consent sent = only(message);
    GpConsent consent = new GpConsent(sent, message);
    consent.requireAbout(patient);
    consent.requireComplete();
    consent.requireCarriable(sent.getProvision(), "Consent.provision");
    return carried.finish(sent, consent.consent());
  }

  private static Consent only(GpMessage message) {
    List<Consent> all = message.all(Consent.class);
    if (all.isEmpty()) {
      throw new MessageRefused(
          Code.CONSENT_MISSING, "Consent", "Send the Consent the referral rests on.");
    }
    if (all.size() > 1) {
      throw MessageRefused.invalid(
          "Consent", "State what was agreed in one Consent, with exceptions as nested provisions.");
    }
    return all.get(0);
  }

  private Consent consent() {
    Consent part = new Consent();
    part.setStatusElement(sent.getStatusElement());
    part.setScope(sent.getScope());
    part.setCategory(sent.getCategory());
    part.setDateTimeElement(sent.getDateTimeElement());
    part.setPolicy(sent.getPolicy());
    part.setPolicyRule(sent.getPolicyRule());
    part.setProvision(sent.getProvision());
    part.setExtension(sent.getExtension());
    return part.copy();
  }

  private void requireAbout(Patient patient) {
    if (message.target(sent.getPatient()).filter(patient::equals).isEmpty()) {
      throw MessageRefused.invalid(
          "Consent.patient", "Send the Consent of the person the message is about.");
    }
  }

  private void requireComplete() {
    require(sent.getStatus() != null, "status");
    require(sent.hasScope(), "scope");
    require(sent.hasCategory(), "category");
    require(sent.getDateTime() != null, "dateTime");
    require(sent.hasPolicyRule() || sent.hasPolicy(), "policyRule");
  }

  private static void require(boolean present, String element) {
    if (!present) {
      throw MessageRefused.missing(
          "Consent." + element, "BaRS requires status, scope, category, dateTime and policyRule.");
    }
  }

  private void requireCarriable(ProvisionComponent provision, String path) {
    for (int index = 0; index < provision.getActor().size(); index++) {
      requireOrganisation(provision.getActor().get(index), path + ".actor[" + index + "]");
    }
    if (provision.hasData()) {
      throw MessageRefused.invalid(
          path + ".data", "Say which information is meant by class, code or security label.");
    }
    for (int index = 0; index < provision.getProvision().size(); index++) {
      requireCarriable(provision.getProvision().get(index), path + ".provision[" + index + "]");
    }
  }

  private void requireOrganisation(provisionActorComponent actor, String path) {
    Reference reference = actor.getReference();
    boolean named =
        reference.hasReference()
            ? message.target(reference, Organization.class).flatMap(Carried::ods).isPresent()
            : Carried.isOds(reference.getIdentifier());
    if (!named) {
      throw MessageRefused.invalid(
          path + ".reference", "Name an organisation that has an ODS code.");
    }
  }
}
