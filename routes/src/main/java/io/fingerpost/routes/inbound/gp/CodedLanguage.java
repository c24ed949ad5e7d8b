package io.fingerpost.routes.inbound.gp;

import io.fingerpost.terminology.CodeMap;
import io.fingerpost.terminology.CodeTranslator;
import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * Gives every language its code in BCP 47, which interpreters are booked by, before whatever was
 * sent: BaRS messages carry UK Core's retired codes, or a name.
 */
final class CodedLanguage {

  private static final String RETIRED = "https://fhir.hl7.org.uk/CodeSystem/UKCore-HumanLanguage";

  /** For a language that is known by its name only. */
  private static final String UNDETERMINED = "und";

  private final CodeTranslator codes;

  CodedLanguage(CodeTranslator codes) {
    this.codes = codes;
  }

  void putInto(CodeableConcept language) {
    if (language.getCoding().stream().anyMatch(CodedLanguage::isCoded)) {
      return;
    }
    String code = of(language);
    if (code.equals(UNDETERMINED) && !language.hasText()) {
      // What it is called is all there is then.
      language.setText(language.getCodingFirstRep().getDisplay());
    }
    language.getCoding().removeIf(Coding::isEmpty);
    language.getCoding().add(0, new Coding().setSystem(SystemUrl.LANGUAGE.url()).setCode(code));
  }

  private static boolean isCoded(Coding coding) {
    return SystemUrl.LANGUAGE.url().equals(coding.getSystem()) && coding.hasCode();
  }

  private String of(CodeableConcept language) {
    return language.getCoding().stream()
        .filter(sent -> RETIRED.equals(sent.getSystem()) && sent.hasCode())
        .map(sent -> codes.translate(CodeMap.LANGUAGE, sent.getCode()))
        .flatMap(meaning -> meaning.code().stream())
        .findFirst()
        .orElse(UNDETERMINED);
  }
}
