package io.fingerpost.routes.inbound.gp;

import io.fingerpost.terminology.CodeMap;
import io.fingerpost.terminology.CodeTranslator;
import io.fingerpost.terminology.Translation;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/**
 * Puts UK Core's current code before the retired one of the same meaning that BaRS messages carry.
 * What was sent stays beside it.
 */
final class CurrentCodes {

  private static final String VERIFICATION_STATUS =
      "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus";
  private static final String RETIRED_STATUS =
      "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus";

  private final CodeTranslator codes;
  private final CodedLanguage languages;

  CurrentCodes(CodeTranslator codes) {
    this.codes = codes;
    this.languages = new CodedLanguage(codes);
  }

  void putInto(Patient patient) {
    for (Identifier identifier : patient.getIdentifier()) {
      for (Extension extension : identifier.getExtension()) {
        if (VERIFICATION_STATUS.equals(extension.getUrl())
            && extension.getValue() instanceof CodeableConcept status) {
          putFirst(status);
        }
      }
    }
    patient.getCommunication().forEach(spoken -> languages.putInto(spoken.getLanguage()));
  }

  private void putFirst(CodeableConcept status) {
    for (Coding sent : List.copyOf(status.getCoding())) {
      if (RETIRED_STATUS.equals(sent.getSystem())
          && codes.translate(CodeMap.NHS_NUMBER_STATUS, sent.getCode())
              instanceof Translation.Mapped mapped) {
        status.getCoding().add(0, mapped.coding());
      }
    }
  }
}
