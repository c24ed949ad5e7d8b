package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.terminology.SystemUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * A coded field, kept as it was sent: its code, its alternate and its text. A coding system that is
 * the sender's own becomes one of the sender's, never a guess at a known one.
 *
 * <pre>LON^Lonely since bereavement^99SP^267076002^Feeling lonely^SCT</pre>
 */
final class CodedField {

  private static final Map<String, SystemUrl> KNOWN =
      Map.of(
          "SCT", SystemUrl.SNOMED_CT,
          "I10", SystemUrl.ICD_10);

  private CodedField() {}

  /** Empty where the field holds neither code nor text. */
  static Optional<CodeableConcept> concept(
      Hl7Segment segment, int field, int repetition, String sender) {
    CodeableConcept concept = new CodeableConcept();
    coding(segment, field, repetition, 1, sender).ifPresent(concept::addCoding);
    coding(segment, field, repetition, 4, sender).ifPresent(concept::addCoding);
    segment
        .text(field, repetition, 9)
        .or(() -> segment.text(field, repetition, 2))
        .or(() -> segment.text(field, repetition, 5))
        .ifPresent(concept::setText);
    return concept.isEmpty() ? Optional.empty() : Optional.of(concept);
  }

  private static Optional<Coding> coding(
      Hl7Segment segment, int field, int repetition, int first, String sender) {
    return segment
        .text(field, repetition, first)
        .map(
            code -> {
              Coding coding = new Coding().setCode(code);
              coding.setSystem(
                  system(segment.text(field, repetition, first + 2).orElse(""), sender));
              segment.text(field, repetition, first + 1).ifPresent(coding::setDisplay);
              return coding;
            });
  }

  private static String system(String name, String sender) {
    SystemUrl known = KNOWN.get(name);
    if (known != null) {
      return known.url();
    }
    String local = SystemUrl.LOCAL_CODE.url() + "/" + sender;
    return name.isEmpty() ? local : local + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
