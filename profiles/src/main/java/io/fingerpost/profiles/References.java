package io.fingerpost.profiles;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Where a record leads to. */
public final class References {

  private References() {}

  /**
   * Every reference in it, in whatever element, extension or contained resource, and in extensions
   * of primitive values, which HAPI's terser passes over; the terser takes three times as long,
   * too.
   */
  public static List<Reference> in(Resource record) {
    List<Reference> references = new ArrayList<>();
    collect(record, references);
    return references;
  }

  private static void collect(Base element, List<Reference> references) {
    if (element instanceof Reference reference) {
      references.add(reference);
    }
    if (element.isPrimitive() && element instanceof Element primitive) {
      primitive.getExtension().forEach(extension -> collect(extension, references));
      return;
    }
    for (Property property : element.children()) {
      property.getValues().forEach(value -> collect(value, references));
    }
  }
}
