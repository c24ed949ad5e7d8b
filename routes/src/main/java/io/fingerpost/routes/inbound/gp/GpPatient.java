package io.fingerpost.routes.inbound.gp;

import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.terminology.SystemUrl;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.ContactComponent;

/**
 * The person a message is about: identified by NHS number, else by the sender's own number for
 * them; described as far as the scheme needs it to reach and understand them. Next of kin stay in
 * the kept message.
 */
final class GpPatient {

  /** The second is what older NHS systems write. */
  private static final Set<String> NHS_NUMBER_SYSTEMS =
      Set.of(SystemUrl.NHS_NUMBER.url(), "http://fhir.nhs.net/Id/nhs-number");

  private final Patient sent;
  private final OdsCode sender;

  private GpPatient(Patient sent, OdsCode sender) {
    this.sent = sent;
    this.sender = sender;
  }

  static Patient of(Patient sent, OdsCode sender, Carried carried) {
    return carried.finish(sent, new GpPatient(sent, sender).patient());
  }

  private Patient patient() {
    Patient part = new Patient();
    part.setIdentifier(identifiers());
    part.setName(sent.getName());
    part.setTelecom(telecom());
    part.setGenderElement(sent.getGenderElement());
    part.setBirthDateElement(sent.getBirthDateElement());
    part.setDeceased(sent.getDeceased());
    part.setAddress(sent.getAddress());
    part.setCommunication(sent.getCommunication());
    part.setExtension(sent.getExtension());
    return part.copy();
  }

  /** What the person is matched by comes first. */
  private List<Identifier> identifiers() {
    List<Identifier> matching = nhsNumbers();
    if (matching.isEmpty()) {
      matching = localNumbers();
    }
    if (matching.isEmpty()) {
      throw new MessageRefused(
          Code.PERSON_UNIDENTIFIED,
          "Patient.identifier",
          "Send the NHS number, or your own number for the person with type MR.");
    }
    if (matching.stream().map(Identifier::getValue).distinct().count() > 1) {
      throw MessageRefused.invalid(
          "Patient.identifier", "Send one NHS number, or without it one number of type MR.");
    }
    List<Identifier> all = new ArrayList<>();
    all.add(matching.get(0));
    sent.getIdentifier().stream()
        .filter(identifier -> !identifier.isEmpty() && !isNhsNumber(identifier))
        .filter(identifier -> !localSystem().equals(identifier.getSystem()))
        .forEach(all::add);
    return all;
  }

  private List<Identifier> nhsNumbers() {
    List<Identifier> found = new ArrayList<>();
    for (int index = 0; index < sent.getIdentifier().size(); index++) {
      Identifier identifier = sent.getIdentifier().get(index);
      if (isNhsNumber(identifier) && identifier.getValue() != null) {
        NhsNumber number = nhsNumber(identifier, index);
        found.add(identifier.copy().setSystem(SystemUrl.NHS_NUMBER.url()).setValue(number.value()));
      }
    }
    return found;
  }

  private static NhsNumber nhsNumber(Identifier identifier, int index) {
    return NhsNumber.parse(identifier.getValue())
        .orElseThrow(
            () ->
                new MessageRefused(
                    Code.NHS_NUMBER_INVALID,
                    "Patient.identifier[" + index + "]",
                    "The check digit is wrong. Check the NHS number against the person's record."));
  }

  private static boolean isNhsNumber(Identifier identifier) {
    return NHS_NUMBER_SYSTEMS.stream()
        .anyMatch(system -> system.equalsIgnoreCase(identifier.getSystem()));
  }

  /**
   * An organisation has one numbering of type MR; of its other numbers two could be alike and mean
   * two people.
   */
  private List<Identifier> localNumbers() {
    return sent.getIdentifier().stream()
        .filter(identifier -> identifier.getValue() != null)
        .filter(
            identifier ->
                localSystem().equals(identifier.getSystem())
                    || identifier.getType().hasCoding(SystemUrl.V2_IDENTIFIER_TYPE.url(), "MR"))
        .map(
            identifier ->
                new Identifier().setSystem(localSystem()).setValue(identifier.getValue().strip()))
        .toList();
  }

  private String localSystem() {
    return SystemUrl.LOCAL_PATIENT_ID.url() + "/" + sender.value();
  }

  /** BaRS puts the person's own telephone under {@code contact} with relationship ONESELF. */
  private List<ContactPoint> telecom() {
    Set<String> known = new LinkedHashSet<>();
    List<ContactPoint> all = new ArrayList<>(sent.getTelecom());
    all.forEach(point -> known.add(point.getSystem() + "|" + point.getValue()));
    sent.getContact().stream()
        .filter(GpPatient::isOneself)
        .flatMap(contact -> contact.getTelecom().stream())
        .filter(point -> known.add(point.getSystem() + "|" + point.getValue()))
        .forEach(all::add);
    return all;
  }

  private static boolean isOneself(ContactComponent contact) {
    return contact.getRelationship().stream()
        .anyMatch(
            relationship ->
                relationship.hasCoding(
                    "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "ONESELF"));
  }
}
