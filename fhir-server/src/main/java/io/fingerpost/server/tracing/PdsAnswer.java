package io.fingerpost.server.tracing;

import org.hl7.fhir.r4.model.Patient;

/** What the service says of a person. */
sealed interface PdsAnswer {

  /** It has this one. */
  record Found(Patient patient) implements PdsAnswer {}

  /** It has nobody of this number, or not one alone of this description. */
  record Nobody() implements PdsAnswer {}

  /** The number was somebody's and is nobody's any more. */
  record Invalidated() implements PdsAnswer {}

  /** It does not take the question; asking again cannot help. */
  record Refused(String code) implements PdsAnswer {}
}
