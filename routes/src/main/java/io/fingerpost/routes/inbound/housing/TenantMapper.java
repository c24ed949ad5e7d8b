package io.fingerpost.routes.inbound.housing;

import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.routes.inbound.OriginalCode;
import io.fingerpost.routes.inbound.PersonNumber;
import io.fingerpost.routes.inbound.SafeContact;
import io.fingerpost.routes.inbound.SpokenLanguage;
import io.fingerpost.routes.inbound.housing.HousingReferral.Home;
import io.fingerpost.routes.inbound.housing.HousingReferral.Name;
import io.fingerpost.routes.inbound.housing.HousingReferral.Safe;
import io.fingerpost.routes.inbound.housing.HousingReferral.Spoken;
import io.fingerpost.routes.inbound.housing.HousingReferral.Telephone;
import io.fingerpost.routes.inbound.housing.HousingReferral.Tenant;
import io.fingerpost.terminology.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

/**
 * Turns the tenant into a Patient.
 *
 * <pre>
 * {"id": "P-4711", "nhsNumber": "9990000018", "birthDate": "1948-05-17", "gender": "F",
 *  "name": {"family": "Attwater", "given": ["Maud"]},
 *  "address": {"lines": ["3 Saddler's Row"], "postcode": "ZZ99 3VZ", "uprn": "000099912345"},
 *  "telephones": [{"number": "01632 960041", "use": "home"}],
 *  "language": {"code": "bfi", "interpreter": true}}
 * </pre>
 */
final class TenantMapper {

  private static final String ADDRESS_KEY =
      "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-AddressKey";
  private static final Coding UPRN =
      new Coding("https://fhir.hl7.org.uk/CodeSystem/UKCore-AddressKeyType", "UPRN", null);

  private final CoreLettings core;
  private final String sender;

  TenantMapper(CoreLettings core, String sender) {
    this.core = core;
    this.sender = sender;
  }

  Patient toPatient(Tenant tenant) {
    Patient patient = new Patient();
    Optional.ofNullable(tenant.nhsNumber())
        .flatMap(NhsNumber::parse)
        .ifPresent(number -> patient.addIdentifier(PersonNumber.untraced(number)));
    patient.addIdentifier(PersonNumber.local(sender, tenant.id()));
    patient.addName(name(tenant.name()));
    if (tenant.birthDate() != null) {
      patient.setBirthDateElement(new DateType(tenant.birthDate()));
    }
    if (tenant.gender() != null) {
      gender(tenant.gender(), patient);
    }
    if (tenant.address() != null) {
      patient.addAddress(address(tenant.address()));
    }
    contacts(tenant, patient);
    if (tenant.language() != null) {
      Spoken spoken = tenant.language();
      new SpokenLanguage(spoken.code(), spoken.name(), spoken.interpreter()).writeTo(patient);
    }
    return patient;
  }

  private static HumanName name(Name sent) {
    HumanName name = new HumanName().setUse(HumanName.NameUse.OFFICIAL).setFamily(sent.family());
    sent.given().forEach(name::addGiven);
    return sent.title() == null ? name : name.addPrefix(sent.title());
  }

  /** Words are FHIR's own; capitals are those of CORE lettings. */
  private void gender(String sent, Patient patient) {
    if (sent.length() > 1) {
      patient.setGender(AdministrativeGender.fromCode(sent));
      return;
    }
    Translation meaning = core.gender(sent);
    if (meaning instanceof Translation.Unmapped unmapped) {
      patient.setGender(AdministrativeGender.UNKNOWN);
      OriginalCode.keep(unmapped, sender, patient.getGenderElement());
    } else {
      meaning.code().map(AdministrativeGender::fromCode).ifPresent(patient::setGender);
    }
  }

  private static Address address(Home home) {
    Address address = new Address().setUse(Address.AddressUse.HOME);
    home.lines().forEach(address::addLine);
    address.setCity(home.town()).setDistrict(home.county());
    if (home.postcode() != null) {
      address.setPostalCode(home.postcode().toUpperCase(Locale.ROOT));
    }
    if (home.uprn() != null) {
      Extension key = address.addExtension().setUrl(ADDRESS_KEY);
      key.addExtension("type", new CodeableConcept().addCoding(UPRN.copy()));
      key.addExtension("value", new StringType(home.uprn()));
    }
    return address;
  }

  private static void contacts(Tenant tenant, Patient patient) {
    List<ContactPoint> usual = new ArrayList<>();
    tenant.telephones().forEach(number -> usual.add(telephone(number)));
    if (tenant.email() != null) {
      usual.add(email(tenant.email()));
    }
    if (tenant.safeContact() == null) {
      patient.setTelecom(usual);
    } else {
      safeContact(tenant.safeContact()).writeTo(patient, usual);
    }
  }

  static SafeContact safeContact(Safe sent) {
    List<ContactPoint> allowed = new ArrayList<>();
    sent.telephones().forEach(number -> allowed.add(telephone(new Telephone(number, null))));
    if (sent.email() != null) {
      allowed.add(email(sent.email()));
    }
    return new SafeContact(sent.instruction(), allowed, Boolean.TRUE.equals(sent.leaveMessage()));
  }

  static ContactPoint telephone(Telephone sent) {
    ContactPoint point =
        new ContactPoint().setSystem(ContactPointSystem.PHONE).setValue(sent.number());
    return sent.use() == null ? point : point.setUse(ContactPointUse.fromCode(sent.use()));
  }

  static ContactPoint email(String address) {
    return new ContactPoint().setSystem(ContactPointSystem.EMAIL).setValue(address);
  }
}
