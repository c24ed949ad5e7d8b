package io.fingerpost.routes.inbound.self;

import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.routes.inbound.PersonNumber;
import io.fingerpost.routes.inbound.SafeContact;
import io.fingerpost.routes.inbound.SpokenLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;

/**
 * Makes a Patient of the answers about the person. An NHS number somebody typed is traced by
 * nobody; without one each form is somebody new, whoever has the same name and address.
 */
final class FormPerson {

  private FormPerson() {}

  /**
   * @param formId what else the person is known by: their own form, and no other
   */
  static Patient of(Answers answers, String sender, String formId) {
    Patient patient = new Patient();
    answers
        .text("nhs-number")
        .flatMap(NhsNumber::parse)
        .ifPresent(number -> patient.addIdentifier(PersonNumber.untraced(number)));
    patient.addIdentifier(PersonNumber.local(sender, formId));
    HumanName name = patient.addName().setUse(HumanName.NameUse.OFFICIAL);
    answers.text("family").ifPresent(name::setFamily);
    answers.text("given").ifPresent(name::addGiven);
    answers.text("birth-date").ifPresent(day -> patient.setBirthDateElement(new DateType(day)));
    answers.code("gender").map(AdministrativeGender::fromCode).ifPresent(patient::setGender);
    address(answers).ifPresent(patient::addAddress);
    contact(answers, patient);
    new SpokenLanguage(
            answers.textOrNull("language-code"),
            answers.textOrNull("language"),
            answers.flag("interpreter").orElse(null))
        .writeTo(patient);
    return patient;
  }

  private static Optional<Address> address(Answers answers) {
    Address address = new Address();
    answers.texts("address-line").forEach(address::addLine);
    answers.text("town").ifPresent(address::setCity);
    answers
        .text("postcode")
        .map(postcode -> postcode.toUpperCase(Locale.ROOT))
        .ifPresent(address::setPostalCode);
    return address.isEmpty()
        ? Optional.empty()
        : Optional.of(address.setUse(Address.AddressUse.HOME));
  }

  private static void contact(Answers answers, Patient patient) {
    List<ContactPoint> usual = new ArrayList<>();
    answers.text("telephone").map(FormPerson::telephone).ifPresent(usual::add);
    answers
        .text("email")
        .map(it -> new ContactPoint().setSystem(ContactPointSystem.EMAIL).setValue(it))
        .ifPresent(usual::add);
    Optional<SafeContact> safe = safeContact(answers);
    if (safe.isPresent()) {
      safe.get().writeTo(patient, usual);
    } else {
      patient.setTelecom(usual);
    }
  }

  static Optional<SafeContact> safeContact(Answers answers) {
    return answers
        .text("safe-contact")
        .map(
            instruction ->
                new SafeContact(
                    instruction,
                    answers.texts("safe-telephone").stream().map(FormPerson::telephone).toList(),
                    answers.flag("leave-message").orElse(false)));
  }

  private static ContactPoint telephone(String number) {
    return new ContactPoint().setSystem(ContactPointSystem.PHONE).setValue(number);
  }
}
