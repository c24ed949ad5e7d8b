package io.fingerpost.server.vocabulary;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of the operations on codes. */
final class Parameter {

  private static final Set<String> ALWAYS = Set.of("_format", "_pretty");

  private Parameter() {}

  /** A filter that is quietly ignored would give another answer than was asked for. */
  static void requireOnly(Set<String> taken, RequestDetails request) {
    Set<String> sent = new TreeSet<>();
    if (request.getResource() instanceof Parameters body) {
      body.getParameter().forEach(parameter -> sent.add(parameter.getName()));
    }
    request.getParameters().keySet().forEach(sent::add);
    sent.removeAll(ALWAYS);
    if (!taken.containsAll(sent)) {
      throw Refused.notTaken(String.join(", ", new TreeSet<>(taken)));
    }
  }

  static String text(@Nullable PrimitiveType<?> value) {
    return value == null || value.getValueAsString() == null ? "" : value.getValueAsString();
  }

  /** From a coding, or from its parts. */
  static Coding coding(
      @Nullable Coding coding, @Nullable PrimitiveType<?> system, @Nullable PrimitiveType<?> code) {
    Coding asked = coding == null ? new Coding() : coding.copy();
    if (!asked.hasSystem() && !text(system).isEmpty()) {
      asked.setSystem(text(system));
    }
    if (!asked.hasCode() && !text(code).isEmpty()) {
      asked.setCode(text(code));
    }
    if (!asked.hasSystem() || !asked.hasCode()) {
      throw Refused.missing("a coding, or its system and code");
    }
    return asked;
  }
}
