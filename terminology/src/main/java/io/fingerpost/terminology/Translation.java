package io.fingerpost.terminology;

import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;

/** What a map says about a code: the code it means, or that it says nothing. */
public sealed interface Translation {

  record Mapped(Coding coding) implements Translation {}

  /**
   * The code as it came, for keeping.
   *
   * @param system of the code: the sender's, or the first the map is for when none was named
   * @param deliberate the map has the code, and says why nothing is made of it; when false nobody
   *     has looked at it yet
   */
  record Unmapped(String system, String value, boolean deliberate) implements Translation {
    public Coding coding() {
      return new Coding().setSystem(system).setCode(value);
    }
  }

  /** The code it means; empty when the map says nothing about it. */
  default Optional<String> code() {
    return this instanceof Mapped mapped
        ? Optional.of(mapped.coding().getCode())
        : Optional.empty();
  }
}
