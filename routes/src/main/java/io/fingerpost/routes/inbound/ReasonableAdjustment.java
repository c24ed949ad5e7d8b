package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** What has to be arranged so that a person can use a service at all. */
public final class ReasonableAdjustment {

  private ReasonableAdjustment() {}

  /**
   * @param code of accessibility-need
   * @param words what to arrange, where the code does not say it alone
   * @param author who says so
   */
  public static Flag of(String code, @Nullable String words, OdsCode author) {
    Flag flag = new Flag().setStatus(Flag.FlagStatus.ACTIVE);
    flag.addCategory()
        .addCoding()
        .setSystem(SystemUrl.FLAG_CATEGORY_BARS.url())
        .setCode("RA")
        .setDisplay("Reasonable Adjustment");
    CodeableConcept concept = new CodeableConcept().setText(words);
    concept.addCoding().setSystem(SystemUrl.ACCESSIBILITY_NEED.url()).setCode(code);
    return flag.setCode(concept)
        .setAuthor(new Reference().setType("Organization").setIdentifier(author.toIdentifier()));
  }
}
