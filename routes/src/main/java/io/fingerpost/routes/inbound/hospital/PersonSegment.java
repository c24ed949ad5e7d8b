package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageTime;
import io.fingerpost.routes.inbound.OriginalCode;
import io.fingerpost.routes.inbound.PersonChange;
import io.fingerpost.routes.inbound.PersonChange.Detail;
import io.fingerpost.routes.inbound.PersonMerge;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeMap;
import io.fingerpost.terminology.CodeTranslator;
import io.fingerpost.terminology.SystemUrl;
import io.fingerpost.terminology.Translation;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;

/**
 * Turns a PID into a Patient.
 *
 * <pre>
 * PID|1||9990000018^^^NHS^NH~633^^^Z9H01^MR||COX^Brian^^^Mr^^L||19480312|M|||2 Mill Lane^^Wexcombe^^WX1 2AB^GBR^H
 *    ||01234 567890^PRN^PH|||en||||||||||||||N||01
 * </pre>
 */
final class PersonSegment {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  /** ISO 639: three letters to two, where BCP 47 wants the two; Makaton has no code. */
  private static final Map<String, String> LANGUAGES = languages();

  /** Languages with three letters only that are met here: British Sign Language. */
  private static final Set<String> THREE_LETTERS = Set.of("bfi");

  /** BCP 47's code for a language that is known by its name only. */
  private static final String NO_CODE = "und";

  private final CodeTranslator codes;
  private final PersonIdentity identity;

  PersonSegment(CodeTranslator codes) {
    this.codes = codes;
    this.identity = new PersonIdentity(codes);
  }

  /** Somebody who is referred, and may be new to the store. */
  Patient toPatient(Hl7Segment pid, KeptMessage message) {
    Patient patient = toKnownPatient(pid, message);
    if (patient.getName().stream().noneMatch(HumanName::hasFamily)) {
      throw MessageRefused.missing(pid.location(5), "Send the person's name, family name first.");
    }
    return patient;
  }

  /** Somebody of whom the message says only what is to be said. */
  Patient toKnownPatient(Hl7Segment pid, KeptMessage message) {
    Patient patient = new Patient();
    patient.setIdentifier(identity.identifiers(pid, message.sender()));
    patient.setName(ContactFields.names(pid, 5));
    birthDate(pid, message).ifPresent(patient::setBirthDateElement);
    pid.text(8).ifPresent(sex -> gender(sex, message.sender(), patient));
    patient.setAddress(ContactFields.addresses(pid, 11));
    patient.setTelecom(ContactFields.telecoms(pid, 13, ContactPointUse.HOME));
    ContactFields.telecoms(pid, 14, ContactPointUse.WORK).forEach(patient::addTelecom);
    pid.text(15).ifPresent(code -> patient.addCommunication().setLanguage(language(pid, code)));
    death(pid, patient);
    return patient;
  }

  PersonChange toChange(Hl7Segment pid, MessageTime said, KeptMessage message) {
    Patient patient = toKnownPatient(pid, message);
    patient.getName().removeIf(name -> !name.hasFamily());
    return new PersonChange(patient, erased(pid), said);
  }

  PersonMerge toMerge(Hl7Segment pid, Hl7Segment mrg, MessageTime said, KeptMessage message) {
    return new PersonMerge(
        toKnownPatient(pid, message), identity.replaced(mrg, message.sender()), said);
  }

  /** What the sender says with {@code ""} is no longer so. */
  private static Set<Detail> erased(Hl7Segment pid) {
    Set<Detail> erased = EnumSet.noneOf(Detail.class);
    Map.of(
            7, Detail.BIRTH_DATE,
            8, Detail.GENDER,
            11, Detail.ADDRESS,
            15, Detail.LANGUAGE)
        .forEach(
            (field, detail) -> {
              if (pid.isErased(field)) {
                erased.add(detail);
              }
            });
    boolean noNumberLeft = pid.text(13).isEmpty() && pid.text(14).isEmpty();
    if (noNumberLeft && (pid.isErased(13) || pid.isErased(14))) {
      erased.add(Detail.TELECOM);
    }
    // N is what systems fill in for everybody; that somebody lives after all is said expressly.
    if (pid.isErased(29) || pid.isErased(30)) {
      erased.add(Detail.DEATH);
    }
    return erased;
  }

  private static Optional<DateType> birthDate(Hl7Segment pid, KeptMessage message) {
    Optional<Hl7Time> born = Hl7Time.in(pid, 7);
    String today = LocalDate.ofInstant(message.receivedAt(), LONDON).toString();
    if (born.isPresent() && born.get().date().compareTo(today) > 0) {
      throw MessageRefused.invalid(
          pid.location(7), "The date of birth has not come yet. Check it and send again.");
    }
    return born.map(Hl7Time::toDate);
  }

  /**
   * A sex outside the tables is no reason to send a person away: it is unknown to us, and kept as
   * it was sent beside that.
   */
  private void gender(String sex, String sender, Patient patient) {
    Translation meaning = codes.translate(CodeMap.SEX, sex);
    if (meaning instanceof Translation.Unmapped unmapped) {
      patient.setGender(AdministrativeGender.UNKNOWN);
      OriginalCode.keep(unmapped, sender, patient.getGenderElement());
    } else {
      meaning.code().map(AdministrativeGender::fromCode).ifPresent(patient::setGender);
    }
  }

  /** PID-15: {@code EN^English^HL70296}, {@code eng}, {@code bfi^British Sign Language}. */
  private static CodeableConcept language(Hl7Segment pid, String sent) {
    CodeableConcept language = new CodeableConcept();
    String code = sent.toLowerCase(Locale.ROOT);
    String known = THREE_LETTERS.contains(code) ? code : LANGUAGES.getOrDefault(code, NO_CODE);
    language.addCoding(new Coding().setSystem(SystemUrl.LANGUAGE.url()).setCode(known));
    return language.setText(pid.text(15, 1, 2).orElse(sent));
  }

  private static void death(Hl7Segment pid, Patient patient) {
    Optional<Hl7Time> died = Hl7Time.in(pid, 29);
    if (died.isPresent()) {
      patient.setDeceased(died.get().toDateTime());
    } else if (pid.text(30).filter("Y"::equals).isPresent()) {
      patient.setDeceased(new BooleanType(true));
    }
  }

  private static Map<String, String> languages() {
    Map<String, String> languages = new HashMap<>();
    for (String two : Locale.getISOLanguages()) {
      languages.put(two, two);
      languages.put(Locale.forLanguageTag(two).getISO3Language(), two);
    }
    return Map.copyOf(languages);
  }
}
