package io.fingerpost.routes.inbound.hospital;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.util.Terser;
import io.fingerpost.routes.inbound.MessageRefused;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One segment, asked by field, repetition and component as HL7 counts them (from 1; repetitions
 * too). A field that is empty or {@code ""}, HL7's "delete it", is absent.
 */
final class Hl7Segment {

  private final Segment segment;

  Hl7Segment(Segment segment) {
    this.segment = segment;
  }

  /** The first component of the first repetition. */
  Optional<String> text(int field) {
    return text(field, 1, 1);
  }

  Optional<String> text(int field, int repetition, int component) {
    return text(field, repetition, component, 1);
  }

  Optional<String> text(int field, int repetition, int component, int subcomponent) {
    if (repetition > repetitions(field)) {
      return Optional.empty();
    }
    try {
      return present(Terser.get(segment, field, repetition - 1, component, subcomponent));
    } catch (HL7Exception e) {
      throw malformed();
    }
  }

  /** Whether the sender says with {@code ""} that what is known is to be taken away. */
  boolean isErased(int field) {
    try {
      return repetitions(field) == 1 && "\"\"".equals(Terser.get(segment, field, 0, 1, 1));
    } catch (HL7Exception e) {
      throw malformed();
    }
  }

  /** All of a field that holds prose, whose writers forget to escape what delimits components. */
  Optional<String> prose(int field, int repetition) {
    if (repetition > repetitions(field)) {
      return Optional.empty();
    }
    try {
      Type value = segment.getField(field, repetition - 1);
      StringJoiner components = new StringJoiner("^");
      for (int component = 1; component <= Terser.numComponents(value); component++) {
        StringJoiner parts = new StringJoiner("&");
        for (int part = 1; part <= Terser.numSubComponents(value, component); part++) {
          String text = Terser.get(segment, field, repetition - 1, component, part);
          parts.add(text == null ? "" : text);
        }
        components.add(parts.toString());
      }
      return present(components.toString());
    } catch (HL7Exception e) {
      throw malformed();
    }
  }

  int repetitions(int field) {
    try {
      return field > segment.numFields() ? 0 : segment.getField(field).length;
    } catch (HL7Exception e) {
      throw malformed();
    }
  }

  String name() {
    return segment.getName();
  }

  /** {@code PID-3}: how a refusal tells the sender where to look. */
  String location(int field) {
    return segment.getName() + "-" + field;
  }

  private MessageRefused malformed() {
    return HospitalMessage.malformed(segment.getName());
  }

  private static Optional<String> present(@Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    String text = withoutControls(value).strip();
    return text.isEmpty() || text.equals("\"\"") ? Optional.empty() : Optional.of(text);
  }

  /** FHIR and PostgreSQL both refuse control characters other than tab and line ends. */
  private static String withoutControls(String value) {
    if (value.chars().noneMatch(c -> c < ' ')) {
      return value;
    }
    StringBuilder kept = new StringBuilder(value.length());
    value
        .chars()
        .filter(c -> c >= ' ' || c == '\t' || c == '\n')
        .forEach(c -> kept.append((char) c));
    return kept.toString();
  }
}
