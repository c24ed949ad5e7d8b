package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.terminology.SystemUrl;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * Languages by ISO 639 code or by their English name; whatever is neither is {@code und} with what
 * was sent as its text.
 */
final class Languages {

  private static final Map<String, String> CODES = codes();
  private static final String NO_CODE = "und";

  private Languages() {}

  static CodeableConcept concept(String said) {
    String code = CODES.getOrDefault(said.strip().toLowerCase(Locale.ROOT), NO_CODE);
    return new CodeableConcept()
        .addCoding(new Coding().setSystem(SystemUrl.LANGUAGE.url()).setCode(code))
        .setText(said);
  }

  private static Map<String, String> codes() {
    Map<String, String> codes = new HashMap<>();
    for (String two : Locale.getISOLanguages()) {
      Locale language = Locale.forLanguageTag(two);
      // Hebrew, Yiddish and Indonesian have older codes beside the present ones.
      String tag = language.toLanguageTag();
      codes.put(two, tag);
      codes.put(tag, tag);
      codes.put(language.getISO3Language(), tag);
      codes.put(language.getDisplayLanguage(Locale.UK).toLowerCase(Locale.ROOT), tag);
    }
    // Spoken with the hands, and in no list of the JDK.
    codes.put("bfi", "bfi");
    codes.put("bsl", "bfi");
    codes.put("british sign language", "bfi");
    return Map.copyOf(codes);
  }
}
