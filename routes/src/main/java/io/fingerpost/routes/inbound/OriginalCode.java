package io.fingerpost.routes.inbound;

import io.fingerpost.terminology.SystemUrl;
import io.fingerpost.terminology.Translation;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Element;

/** Keeps a code that no map has with the element it would have become, as it was sent. */
public final class OriginalCode {

  static final String EXTENSION =
      "https://fingerpost.io/StructureDefinition/fingerpost-original-code";

  private OriginalCode() {}

  /**
   * A code its list does not have is not passed off as one of that list: it is the sender's own,
   * until somebody knows better.
   */
  public static void keep(Translation.Unmapped code, String sender, Element with) {
    Coding coding = code.coding();
    if (!code.deliberate()) {
      coding.setSystem(SystemUrl.LOCAL_CODE.url() + "/" + sender);
    }
    with.addExtension(EXTENSION, coding);
  }
}
