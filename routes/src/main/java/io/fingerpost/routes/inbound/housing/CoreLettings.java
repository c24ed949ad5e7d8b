package io.fingerpost.routes.inbound.housing;

import io.fingerpost.terminology.CodeMap;
import io.fingerpost.terminology.CodeTranslator;
import io.fingerpost.terminology.SystemUrl;
import io.fingerpost.terminology.Translation;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * The codes of the government's CORE lettings data, which landlords have of their tenants already:
 * what they mean here, with the code as it was sent beside it.
 */
final class CoreLettings {

  private static final String REASON = "https://fingerpost.io/CodeSystem/core-lettings-reason";

  /** Domestic abuse, with a joint tenancy and otherwise. */
  private static final Set<Integer> ABUSE_AT_HOME = Set.of(48, 49);

  private final CodeTranslator codes;
  private final String sender;

  CoreLettings(CodeTranslator codes, String sender) {
    this.codes = codes;
    this.sender = sender;
  }

  /** {@code reason}: 52, evicted because of rent arrears, is a need for help with money. */
  void reason(int code, CodeableConcept into) {
    Translation meaning = codes.translate(CodeMap.HOUSING_REASON, String.valueOf(code));
    if (meaning instanceof Translation.Mapped mapped) {
      if (!into.hasCoding(mapped.coding().getSystem(), mapped.coding().getCode())) {
        into.addCoding(mapped.coding());
      }
      into.addCoding().setSystem(REASON).setCode(String.valueOf(code));
    } else if (meaning instanceof Translation.Unmapped unmapped) {
      into.addCoding(asSent(unmapped));
    }
  }

  static boolean tellsOfAbuse(int reason) {
    return ABUSE_AT_HOME.contains(reason);
  }

  /** {@code illness_type_3}: it says what to ask about, and no more. */
  Coding illness(String column) {
    Translation meaning = codes.translate(CodeMap.HOUSING_CONDITION_EFFECT, column);
    return meaning instanceof Translation.Mapped mapped
        ? mapped.coding()
        : asSent((Translation.Unmapped) meaning);
  }

  Translation accessNeed(String column) {
    return codes.translate(CodeMap.HOUSING_ACCESS_NEED, column);
  }

  Translation gender(String letter) {
    return codes.translate(CodeMap.HOUSING_GENDER, letter);
  }

  /** A code its list does not have is not passed off as one of that list. */
  private Coding asSent(Translation.Unmapped code) {
    return code.deliberate()
        ? code.coding()
        : code.coding().setSystem(SystemUrl.LOCAL_CODE.url() + "/" + sender);
  }
}
