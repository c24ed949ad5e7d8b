package io.fingerpost.terminology;

import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;

/** What a map says about a code: the code it means, or that it says nothing. */
public sealed interface Translation {

  record Mapped(Coding coding) implements Translation {}

  record Unmapped() implements Translation {}

  /** The code it means; empty when the map says nothing about it. */
  default Optional<String> code() {
    return this instanceof Mapped mapped
        ? Optional.of(mapped.coding().getCode())
        : Optional.empty();
  }
}
