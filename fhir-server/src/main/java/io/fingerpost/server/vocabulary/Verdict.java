package io.fingerpost.server.vocabulary;

import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** The answer of {@code $validate-code}. */
final class Verdict {

  private Verdict() {}

  static Parameters of(boolean yes, @Nullable String display, String whyNot) {
    Parameters answer = new Parameters();
    answer.addParameter("result", new BooleanType(yes));
    if (!yes) {
      answer.addParameter("message", new StringType(whyNot));
    } else if (display != null && !display.isEmpty()) {
      answer.addParameter("display", new StringType(display));
    }
    return answer;
  }
}
