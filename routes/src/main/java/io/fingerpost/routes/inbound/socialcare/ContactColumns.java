package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.inbound.MessageRefused;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

/**
 * How a person is reached. Of somebody with safe contact only what is safe is stored: a system that
 * knows no safe contact rings whatever stands among the telephone numbers.
 *
 * <pre>
 * phone,safe_contact,safe_phone,leave_message
 * 01632 960001,Ring before noon and ask for Maud,07700 900142,no
 * </pre>
 */
final class ContactColumns {

  private static final String SAFE_CONTACT =
      "https://fingerpost.io/StructureDefinition/fingerpost-safe-contact";

  private ContactColumns() {}

  static void add(CouncilRow row, Patient patient) {
    Optional<String> instruction = row.text(Field.SAFE_CONTACT);
    if (instruction.isPresent()) {
      addSafeContact(row, instruction.get(), patient);
      return;
    }
    if (row.has(Field.SAFE_PHONE) || row.has(Field.LEAVE_MESSAGE)) {
      throw MessageRefused.missing(
          Field.SAFE_CONTACT.header(), "Say in words how the person is reached safely.");
    }
    point(row, Field.PHONE, ContactPointSystem.PHONE, ContactPointUse.HOME, patient);
    point(row, Field.MOBILE, ContactPointSystem.PHONE, ContactPointUse.MOBILE, patient);
    point(row, Field.EMAIL, ContactPointSystem.EMAIL, ContactPointUse.HOME, patient);
  }

  /**
   * A person the store knew before is not changed by a referral; this must be read all the same.
   */
  static Optional<String> note(CouncilRow row) {
    return row.text(Field.SAFE_CONTACT)
        .map(
            words ->
                "Safe contact: "
                    + words
                    + row.text(Field.SAFE_PHONE).map(number -> " (" + number + ")").orElse(""));
  }

  private static void addSafeContact(CouncilRow row, String instruction, Patient patient) {
    Extension safe = new Extension(SAFE_CONTACT);
    safe.addExtension("instruction", new StringType(instruction));
    row.text(Field.SAFE_PHONE)
        .ifPresent(
            number -> {
              ContactPoint point =
                  new ContactPoint().setSystem(ContactPointSystem.PHONE).setValue(number);
              safe.addExtension("contact", point);
              patient.addTelecom(point.copy());
            });
    row.yesOrNo(Field.LEAVE_MESSAGE)
        .ifPresent(may -> safe.addExtension("leaveMessage", new BooleanType(may)));
    patient.addExtension(safe);
  }

  private static void point(
      CouncilRow row,
      Field field,
      ContactPointSystem system,
      ContactPointUse use,
      Patient patient) {
    row.text(field)
        .ifPresent(value -> patient.addTelecom().setSystem(system).setValue(value).setUse(use));
  }
}
