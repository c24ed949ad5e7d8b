package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.terminology.SystemUrl;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Practitioner;
import org.jspecify.annotations.Nullable;

/**
 * Turns the PRD of the referring provider into a Practitioner; the other providers a message names
 * are no part of a referral.
 *
 * <pre>PRD|RP^Referring provider^HL70286|DARWIN^Samuel^^^Dr|||01234 567800^WPN^PH||3456789^GMC
 * </pre>
 */
final class ReferrerSegment {

  private static final Map<String, SystemUrl> REGISTERS =
      Map.of(
          "GMC", SystemUrl.GMC_NUMBER,
          "NMC", SystemUrl.NMC_NUMBER,
          "SDS", SystemUrl.SDS_USER);

  private ReferrerSegment() {}

  static @Nullable Practitioner toPractitioner(HospitalMessage sent) {
    return sent.all("PRD").stream()
        .filter(ReferrerSegment::isReferring)
        .findFirst()
        .map(ReferrerSegment::practitioner)
        .filter(practitioner -> !practitioner.isEmpty())
        .orElse(null);
  }

  private static boolean isReferring(Hl7Segment prd) {
    for (int repetition = 1; repetition <= prd.repetitions(1); repetition++) {
      if (prd.text(1, repetition, 1).filter("RP"::equals).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static Practitioner practitioner(Hl7Segment prd) {
    Practitioner practitioner = new Practitioner();
    for (int repetition = 1; repetition <= prd.repetitions(7); repetition++) {
      identifier(prd, repetition).ifPresent(practitioner::addIdentifier);
    }
    practitioner.setName(ContactFields.names(prd, 2));
    practitioner.setTelecom(ContactFields.telecoms(prd, 5, ContactPointUse.WORK));
    return practitioner;
  }

  /**
   * A provider as ORC-12, OBR-16 and PV1-7 write one: {@code 3456789^DARWIN^Samuela^^^Dr^^^GMC}.
   */
  static Optional<Practitioner> provider(Hl7Segment segment, int field) {
    Practitioner practitioner = new Practitioner();
    HumanName name = new HumanName();
    segment.text(field, 1, 2).ifPresent(name::setFamily);
    segment.text(field, 1, 3).ifPresent(name::addGiven);
    segment.text(field, 1, 6).ifPresent(name::addPrefix);
    if (!name.isEmpty()) {
      practitioner.addName(name);
    }
    segment
        .text(field, 1, 1)
        .ifPresent(
            number ->
                practitioner.addIdentifier(
                    numbered(
                        number,
                        segment.text(field, 1, 9).or(() -> segment.text(field, 1, 8)).orElse(""))));
    return practitioner.isEmpty() ? Optional.empty() : Optional.of(practitioner);
  }

  /** PRD-7: the number and whose number it is; one of an unknown register keeps that in words. */
  private static Optional<Identifier> identifier(Hl7Segment prd, int repetition) {
    String type = prd.text(7, repetition, 2).orElse("");
    return prd.text(7, repetition, 1).map(number -> numbered(number, type));
  }

  private static Identifier numbered(String number, String type) {
    Identifier identifier = new Identifier().setValue(number);
    SystemUrl register = REGISTERS.get(type);
    if (register != null) {
      identifier.setSystem(register.url());
    } else if (!type.isEmpty()) {
      identifier.setType(new CodeableConcept().setText(type));
    }
    return identifier;
  }
}
