package io.fingerpost.routes.inbound.gp;

import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what the FHIR parser would otherwise skip or mend. It names the faulty element, or the
 * one that holds it; never a value.
 */
final class StrictReading implements IParserErrorHandler {

  // What is unknown is not repeated: a name that FHIR does not have is the sender's word, and may
  // be anything.

  @Override
  public void unknownElement(@Nullable IParseLocation at, String name) {
    throw refused(at, "It holds an element that FHIR R4 does not have there.");
  }

  @Override
  public void unknownAttribute(@Nullable IParseLocation at, String name) {
    throw refused(at, "It holds an attribute that FHIR R4 does not have there.");
  }

  @Override
  public void unexpectedRepeatingElement(@Nullable IParseLocation at, String name) {
    throw refused(name, "It may stand there only once.");
  }

  @Override
  public void incorrectJsonType(
      @Nullable IParseLocation at,
      String name,
      ValueType expected,
      @Nullable ScalarType expectedScalar,
      ValueType found,
      @Nullable ScalarType foundScalar) {
    throw refused(name, "It is a list, object or value where FHIR R4 wants another of these.");
  }

  @Override
  public void invalidValue(@Nullable IParseLocation at, String value, String error) {
    throw refused(at, "It holds a value that is not of its FHIR R4 type.");
  }

  @Override
  public void missingRequiredElement(@Nullable IParseLocation at, String name) {
    throw refused(at, "It lacks an element that FHIR R4 requires.");
  }

  @Override
  public void containedResourceWithNoId(@Nullable IParseLocation at) {
    throw refused(at, "Give each contained resource an id.");
  }

  @Override
  public void extensionContainsValueAndNestedExtensions(@Nullable IParseLocation at) {
    throw refused(at, "An extension holds either a value or extensions.");
  }

  // A contained reference that leads nowhere is found, with its place, by MessageReferences.

  @Override
  public void unknownReference(@Nullable IParseLocation at, String reference) {}

  @Override
  public void invalidInternalReference(@Nullable IParseLocation at, String reference) {}

  private static MessageRefused refused(@Nullable IParseLocation at, String what) {
    return refused(at == null ? null : at.getParentElementName(), what);
  }

  /** What could not be the name of an element is not repeated. */
  private static MessageRefused refused(@Nullable String name, String what) {
    return new MessageRefused(
        Code.MESSAGE_MALFORMED,
        name != null && name.matches("[A-Za-z]{1,40}") ? name : "Bundle",
        what + " Send one well-formed FHIR R4 message Bundle.");
  }
}
