package io.fingerpost.routes.inbound;

import io.fingerpost.routes.inbound.PersonChange.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Address.AddressUse;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.PatientCommunicationComponent;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * A Patient as the store has it, with what a sender now says. A name, address or number that is
 * replaced stays, as an old one. Where the scheme knows how the person is reached without danger,
 * no sender changes how they are reached.
 */
final class PersonDetails {

  private final Patient patient;

  /**
   * @param stored is changed
   */
  PersonDetails(Patient stored) {
    this.patient = stored;
  }

  boolean haveSafeContact() {
    return patient.hasExtension(SafeContact.URL);
  }

  void take(PersonChange change) {
    Patient sent = change.patient();
    Set<Detail> erased = change.erased();
    takeNames(sent.getName());
    takeBirthAndSex(sent, erased);
    if (!haveSafeContact()) {
      takeAddresses(sent.getAddress(), erased.contains(Detail.ADDRESS));
      takeTelecom(sent.getTelecom(), erased.contains(Detail.TELECOM));
    }
    takeLanguages(sent.getCommunication(), erased.contains(Detail.LANGUAGE));
    takeDeath(sent, erased.contains(Detail.DEATH));
  }

  private void takeNames(List<HumanName> sent) {
    if (!sent.isEmpty()) {
      patient.setName(
          replaced(
              patient.getName(),
              sent,
              PersonDetails::sameName,
              name -> name.setUse(NameUse.OLD),
              name -> name.getUse() == NameUse.OLD));
    }
  }

  private void takeBirthAndSex(Patient sent, Set<Detail> erased) {
    if (erased.contains(Detail.BIRTH_DATE)) {
      patient.setBirthDateElement(null);
    } else if (sent.hasBirthDate()) {
      patient.setBirthDateElement(sent.getBirthDateElement().copy());
    }
    if (erased.contains(Detail.GENDER)) {
      patient.setGenderElement(null);
    } else if (sent.hasGender()) {
      patient.setGenderElement(sent.getGenderElement().copy());
    }
  }

  private void takeAddresses(List<Address> sent, boolean erased) {
    if (erased || !sent.isEmpty()) {
      patient.setAddress(
          replaced(
              patient.getAddress(),
              sent,
              PersonDetails::sameAddress,
              address -> address.setUse(AddressUse.OLD),
              address -> address.getUse() == AddressUse.OLD));
    }
  }

  private void takeTelecom(List<ContactPoint> sent, boolean erased) {
    if (erased || !sent.isEmpty()) {
      patient.setTelecom(
          replaced(
              patient.getTelecom(),
              sent,
              PersonDetails::sameTelecom,
              point -> point.setUse(ContactPointUse.OLD),
              point -> point.getUse() == ContactPointUse.OLD));
    }
  }

  private void takeLanguages(List<PatientCommunicationComponent> sent, boolean erased) {
    if (erased) {
      patient.setCommunication(null);
    }
    for (PatientCommunicationComponent one : sent) {
      String code = one.getLanguage().getCodingFirstRep().getCode();
      boolean isThere =
          patient.getCommunication().stream()
              .flatMap(known -> known.getLanguage().getCoding().stream())
              .anyMatch(coding -> coding.getCode() != null && coding.getCode().equals(code));
      if (!isThere) {
        patient.addCommunication(one.copy());
      }
    }
  }

  /** A date of death is not given up for the bare word that the person has died. */
  private void takeDeath(Patient sent, boolean erased) {
    if (erased) {
      patient.setDeceased(null);
    } else if (sent.hasDeceased()) {
      Type said = sent.getDeceased();
      boolean isLess = said instanceof BooleanType && patient.getDeceased() instanceof DateTimeType;
      if (!isLess) {
        patient.setDeceased(said.copy());
      }
    }
  }

  /** What is sent, first; behind it what was there and is not sent any more, as old. */
  private static <T extends Type> List<T> replaced(
      List<T> known,
      List<T> sent,
      BiPredicate<T, T> same,
      Consumer<T> makeOld,
      Predicate<T> isOld) {
    List<T> now = new ArrayList<>();
    for (T one : sent) {
      T kept =
          known.stream()
              .filter(each -> !isOld.test(each) && same.test(each, one))
              .findFirst()
              .orElse(one);
      now.add(kept);
    }
    for (T one : known) {
      if (now.stream().noneMatch(each -> same.test(each, one))) {
        makeOld.accept(one);
        now.add(one);
      }
    }
    return now;
  }

  private static boolean sameName(HumanName one, HumanName other) {
    return text(one.getFamily()).equals(text(other.getFamily()))
        && one.getGivenAsSingleString().equalsIgnoreCase(other.getGivenAsSingleString());
  }

  private static boolean sameAddress(Address one, Address other) {
    return words(one).equals(words(other));
  }

  private static String words(Address address) {
    List<String> words = new ArrayList<>();
    address.getLine().forEach(line -> words.add(text(line.getValue())));
    words.add(text(address.getCity()));
    words.add(text(address.getPostalCode()));
    return String.join("|", words);
  }

  private static boolean sameTelecom(ContactPoint one, ContactPoint other) {
    return text(one.getValue()).replace(" ", "").equals(text(other.getValue()).replace(" ", ""));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
  }
}
