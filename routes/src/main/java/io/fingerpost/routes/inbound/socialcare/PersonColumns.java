package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.OriginalCode;
import io.fingerpost.terminology.SystemUrl;
import io.fingerpost.terminology.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

/**
 * Turns what a row says of the person into a Patient.
 *
 * <pre>
 * person_id,nhs_number,given_name,family_name,birth_date,gender,language,interpreter
 * 40112,9990000018,Brian,Cox,1948-03-12,1,British Sign Language,yes
 * </pre>
 */
final class PersonColumns {

  private static final String UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/Extension-";
  private static final String ETHNIC_CATEGORY = UK_CORE + "UKCore-EthnicCategory";
  private static final String ADDRESS_KEY = UK_CORE + "UKCore-AddressKey";
  private static final String ADDRESS_KEY_TYPE =
      "https://fhir.hl7.org.uk/CodeSystem/UKCore-AddressKeyType";
  private static final String INTERPRETER_REQUIRED =
      "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";

  private final CouncilCodes codes;
  private final RowDates dates;

  PersonColumns(CouncilCodes codes, RowDates dates) {
    this.codes = codes;
    this.dates = dates;
  }

  Patient toPatient(CouncilRow row, String sender) {
    Patient patient = new Patient();
    patient.setIdentifier(identifiers(row, sender));
    patient.addName(name(row));
    dates
        .past(row, Field.BIRTH_DATE)
        .ifPresent(born -> patient.setBirthDateElement(RowDates.date(born)));
    row.text(Field.GENDER).ifPresent(code -> gender(code, patient));
    row.text(Field.ETHNICITY).ifPresent(code -> ethnicity(code, patient));
    row.text(Field.LANGUAGE)
        .ifPresent(said -> patient.addCommunication().setLanguage(Languages.concept(said)));
    row.yesOrNo(Field.INTERPRETER)
        .ifPresent(needed -> patient.addExtension(INTERPRETER_REQUIRED, new BooleanType(needed)));
    address(row).ifPresent(patient::addAddress);
    ContactColumns.add(row, patient);
    return patient;
  }

  /** The first is the one to know the person by: the NHS number, else the council's own id. */
  private static List<Identifier> identifiers(CouncilRow row, String sender) {
    List<Identifier> identifiers = new ArrayList<>();
    row.text(Field.NHS_NUMBER).ifPresent(sent -> identifiers.add(nhsNumber(sent)));
    row.text(Field.PERSON_ID).ifPresent(id -> identifiers.add(ownId(id, sender)));
    if (identifiers.isEmpty()) {
      throw new MessageRefused(
          Code.PERSON_UNIDENTIFIED,
          Field.PERSON_ID.header(),
          "Send your own person id, or the NHS number: nobody is known by name and address.");
    }
    return identifiers;
  }

  private static Identifier nhsNumber(String sent) {
    return NhsNumber.parse(sent)
        // 0000000000 and its like have right check digits, and would make one person of many.
        .filter(number -> number.value().chars().distinct().count() > 1)
        .map(NhsNumber::toIdentifier)
        .orElseThrow(
            () ->
                new MessageRefused(
                    Code.NHS_NUMBER_INVALID,
                    Field.NHS_NUMBER.header(),
                    "The NHS number is not ten digits with a right check digit. Check it against"
                        + " the person's record or trace it, and send the row again; if it is not"
                        + " known, leave it empty and send your own person id."));
  }

  private static Identifier ownId(String id, String sender) {
    return new Identifier().setSystem(SystemUrl.LOCAL_PATIENT_ID.url() + "/" + sender).setValue(id);
  }

  private static HumanName name(CouncilRow row) {
    HumanName name = new HumanName();
    name.setFamily(row.required(Field.FAMILY_NAME, "Send the person's family name."));
    row.text(Field.GIVEN_NAME).ifPresent(name::addGiven);
    row.text(Field.TITLE).ifPresent(name::addPrefix);
    return name;
  }

  /** A word outside the map is no reason to send a person away: kept as sent, beside unknown. */
  private void gender(String code, Patient patient) {
    Translation meaning = codes.translate(Field.GENDER, code);
    if (meaning instanceof Translation.Unmapped unmapped) {
      patient.setGender(AdministrativeGender.UNKNOWN);
      OriginalCode.keep(unmapped, codes.sender(), patient.getGenderElement());
    } else {
      meaning.code().map(AdministrativeGender::fromCode).ifPresent(patient::setGender);
    }
  }

  private void ethnicity(String code, Patient patient) {
    if (codes.translate(Field.ETHNICITY, code) instanceof Translation.Mapped mapped) {
      patient.addExtension(ETHNIC_CATEGORY, new CodeableConcept().addCoding(mapped.coding()));
    } else {
      patient.addExtension(ETHNIC_CATEGORY, codes.ownConcept(code));
    }
  }

  private static Optional<Address> address(CouncilRow row) {
    Address address = new Address();
    row.text(Field.ADDRESS_LINE_1).ifPresent(address::addLine);
    row.text(Field.ADDRESS_LINE_2).ifPresent(address::addLine);
    row.text(Field.TOWN).ifPresent(address::setCity);
    row.text(Field.COUNTY).ifPresent(address::setDistrict);
    row.text(Field.POSTCODE).ifPresent(address::setPostalCode);
    row.text(Field.UPRN).ifPresent(uprn -> address.addExtension(addressKey(uprn)));
    return address.isEmpty()
        ? Optional.empty()
        : Optional.of(address.setUse(Address.AddressUse.HOME));
  }

  private static Extension addressKey(String uprn) {
    if (!uprn.matches("[0-9]{1,12}")) {
      throw MessageRefused.invalid(
          Field.UPRN.header(), "Send the UPRN as up to twelve digits, or leave it empty.");
    }
    Extension key = new Extension(ADDRESS_KEY);
    key.addExtension(
        "type", new CodeableConcept(new Coding().setSystem(ADDRESS_KEY_TYPE).setCode("UPRN")));
    key.addExtension("value", new StringType(uprn));
    return key;
  }
}
