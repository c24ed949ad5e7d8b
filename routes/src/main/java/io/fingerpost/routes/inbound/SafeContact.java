package io.fingerpost.routes.inbound;

import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

/**
 * How somebody in danger may be reached. A system that has never heard of it rings whatever stands
 * in telecom, so there only what is safe stays in use.
 *
 * @param instruction what to do and what not
 * @param allowed what is safe to use; nothing else is
 * @param leaveMessage not said means no
 */
public record SafeContact(String instruction, List<ContactPoint> allowed, boolean leaveMessage) {

  static final String URL = "https://fingerpost.io/StructureDefinition/fingerpost-safe-contact";

  /**
   * @param usual what was given beside it
   */
  public void writeTo(Patient patient, List<ContactPoint> usual) {
    Extension extension = patient.addExtension().setUrl(URL);
    extension.addExtension("instruction", new StringType(instruction));
    allowed.forEach(point -> extension.addExtension("contact", point));
    extension.addExtension("leaveMessage", new BooleanType(leaveMessage));
    allowed.forEach(point -> patient.addTelecom(point.copy()));
    usual.stream()
        .filter(point -> allowed.stream().noneMatch(it -> it.getValue().equals(point.getValue())))
        .forEach(point -> patient.addTelecom(point.copy().setUse(ContactPointUse.OLD)));
  }

  /** For the referral: the Patient of somebody who is known already stays as it is. */
  public String note() {
    return "Safe contact: " + instruction;
  }
}
