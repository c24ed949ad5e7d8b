package io.fingerpost.routes.inbound;

import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * The language a person is met in.
 *
 * @param code of BCP 47; null where only a name is known
 * @param interpreter whether one has to be booked; null where nobody said
 */
public record SpokenLanguage(
    @Nullable String code, @Nullable String name, @Nullable Boolean interpreter) {

  private static final String INTERPRETER =
      "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";

  /** BCP 47's code for a language that is known by its name only. */
  private static final String NO_CODE = "und";

  public void writeTo(Patient patient) {
    if (code != null || name != null) {
      CodeableConcept language = new CodeableConcept();
      language
          .addCoding(
              new Coding()
                  .setSystem(SystemUrl.LANGUAGE.url())
                  .setCode(code == null ? NO_CODE : code))
          .setText(name);
      patient.addCommunication().setLanguage(language);
    }
    if (interpreter != null) {
      patient.addExtension(INTERPRETER, new BooleanType(interpreter));
    }
  }
}
