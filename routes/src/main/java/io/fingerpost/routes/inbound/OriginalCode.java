package io.fingerpost.routes.inbound;

import io.fingerpost.terminology.Translation;
import org.hl7.fhir.r4.model.Element;

/** Keeps a code that no map has with the element it would have become, as it was sent. */
public final class OriginalCode {

  static final String EXTENSION = "https://fingerpost.io/StructureDefinition/fingerpost-original-code";

  private OriginalCode() {}

  public static void keep(Translation.Unmapped code, Element with) {
    with.addExtension(EXTENSION, code.coding());
  }
}
