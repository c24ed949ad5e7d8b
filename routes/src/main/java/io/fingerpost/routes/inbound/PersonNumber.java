package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;

/** The numbers of a person, as somebody gives them who cannot trace an NHS number. */
public final class PersonNumber {

  private static final String VERIFICATION_STATUS =
      "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus";
  private static final String STATUSES =
      "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland";

  private PersonNumber() {}

  /** An NHS number that was typed: present, and traced by nobody (UK Core, code 02). */
  public static Identifier untraced(NhsNumber number) {
    Coding present = new Coding(STATUSES, "02", "Number present but not traced");
    Identifier identifier = number.toIdentifier();
    identifier.addExtension(VERIFICATION_STATUS, new CodeableConcept().addCoding(present));
    return identifier;
  }

  /** The sender's own number of a person, which means somebody among the sender's alone. */
  public static Identifier local(String sender, String value) {
    Coding medicalRecord = new Coding().setSystem(SystemUrl.V2_IDENTIFIER_TYPE.url()).setCode("MR");
    return new Identifier()
        .setType(new CodeableConcept().addCoding(medicalRecord))
        .setSystem(SystemUrl.LOCAL_PATIENT_ID.url() + "/" + sender)
        .setValue(value);
  }
}
