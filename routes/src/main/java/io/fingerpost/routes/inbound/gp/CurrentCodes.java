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

  private static final String UK_CORE =
      "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-";
  private static final String VERIFICATION_STATUS = UK_CORE + "NHSNumberVerificationStatus";
  private static final String ETHNIC_CATEGORY = UK_CORE + "EthnicCategory";

  private final CodeTranslator codes;
  private final CodedLanguage languages;

  CurrentCodes(CodeTranslator codes) {
    this.codes = codes;
    this.languages = new CodedLanguage(codes);
  }

  void putInto(Patient patient) {
    putInto(patient.getExtension(), ETHNIC_CATEGORY, CodeMap.ETHNIC_CATEGORY);
    for (Identifier identifier : patient.getIdentifier()) {
      putInto(identifier.getExtension(), VERIFICATION_STATUS, CodeMap.NHS_NUMBER_STATUS);
    }
    patient.getCommunication().forEach(spoken -> languages.putInto(spoken.getLanguage()));
  }

  private void putInto(List<Extension> extensions, String url, CodeMap map) {
    extensions.stream()
        .filter(extension -> url.equals(extension.getUrl()))
        .map(Extension::getValue)
        .filter(CodeableConcept.class::isInstance)
        .map(CodeableConcept.class::cast)
        .forEach(concept -> putFirst(concept, map));
  }

  private void putFirst(CodeableConcept concept, CodeMap map) {
    for (Coding sent : List.copyOf(concept.getCoding())) {
      if (codes.translate(map, sent) instanceof Translation.Mapped mapped
          && !concept.hasCoding(mapped.coding().getSystem(), mapped.coding().getCode())) {
        concept.getCoding().add(0, mapped.coding());
      }
    }
  }
}
