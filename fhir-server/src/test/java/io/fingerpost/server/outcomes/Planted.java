package io.fingerpost.server.outcomes;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildExtension;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;

/** Fills every element of a resource, down to four levels, with words that name somebody. */
final class Planted {
  static final String NAME = "Zebedee";
  static final String NHS_NUMBER = "9990000018";
  static final String POSTCODE = "BS99 9ZZ";
  static final String BIRTH_DATE = "1956-03-04";

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final String WORDS = NAME + " " + NHS_NUMBER + ", 7 Mill Lane, " + POSTCODE;
  private static final int DEEPEST = 4;

  private final int choice;

  private Planted(int choice) {
    this.choice = choice;
  }

  /** The choice says which of the types of {@code value[x]} and its like is filled. */
  static <T extends DomainResource> T everywhereIn(T resource, int choice) {
    new Planted(choice).fill(resource, FHIR.getResourceDefinition(resource), 0);
    Patient contained = new Patient();
    contained.addName().setFamily(WORDS);
    resource.addContained(contained);
    resource.addExtension("https://example.org/words", new StringType(WORDS));
    resource.addModifierExtension().setUrl("https://example.org/words").setValue(text());
    resource.setId(NHS_NUMBER);
    return resource;
  }

  private static StringType text() {
    return new StringType(WORDS);
  }

  private void fill(IBase parent, BaseRuntimeElementCompositeDefinition<?> definition, int depth) {
    for (BaseRuntimeChildDefinition child : definition.getChildren()) {
      if (!(child instanceof RuntimeChildExtension)
          && !child.getElementName().equals("contained")) {
        fill(parent, child, depth);
      }
    }
  }

  private void fill(IBase parent, BaseRuntimeChildDefinition child, int depth) {
    List<String> names = new ArrayList<>(child.getValidChildNames());
    names.sort(null);
    String name = names.get(choice % names.size());
    BaseRuntimeElementDefinition<?> type = child.getChildByName(name);
    IBase value = type.newInstance(child.getInstanceConstructorArguments());
    if (value instanceof IPrimitiveType<?> primitive) {
      fill(primitive);
    } else if (type instanceof BaseRuntimeElementCompositeDefinition<?> composite
        && depth < DEEPEST) {
      fill(value, composite, depth + 1);
    }
    if (!value.isEmpty()) {
      child.getMutator().addValue(parent, value);
    }
  }

  private static void fill(IPrimitiveType<?> primitive) {
    if (primitive instanceof BaseDateTimeType) {
      primitive.setValueAsString(
          primitive.fhirType().equals("instant") ? BIRTH_DATE + "T10:11:12Z" : BIRTH_DATE);
    } else if (primitive instanceof DecimalType) {
      primitive.setValueAsString(NHS_NUMBER);
    } else if (primitive instanceof IntegerType) {
      primitive.setValueAsString(NHS_NUMBER.substring(0, 9));
    } else if (primitive instanceof UriType) {
      primitive.setValueAsString("urn:" + NAME + NHS_NUMBER);
    } else if (primitive instanceof StringType && !(primitive instanceof Enumeration)) {
      primitive.setValueAsString(WORDS);
    }
  }
}
