package io.fingerpost.profiles;

import static org.hl7.fhir.utilities.i18n.I18nConstants.*;

import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.jspecify.annotations.Nullable;

/** What can be wrong with an element, in place of the some thousand messages of HL7's validator. */
enum FaultKind {
  FIELD_MISSING(IssueType.REQUIRED),
  FIELD_REPEATED(IssueType.STRUCTURE),
  FIELD_UNKNOWN(IssueType.STRUCTURE),
  FIELD_INVALID(IssueType.VALUE),
  VALUE_INVALID(IssueType.VALUE),
  CODE_INVALID(IssueType.CODEINVALID),
  REFERENCE_INVALID(IssueType.NOTFOUND),
  STRUCTURE_INVALID(IssueType.STRUCTURE);

  private static final Set<String> MISSING =
      Set.of(
          VALIDATION_VAL_PROFILE_MINIMUM,
          VALIDATION_VAL_PROFILE_MINIMUM_SLICE,
          VALIDATION_VAL_PROFILE_MINIMUM_SLICE_EXT,
          VALIDATION_VAL_PROFILE_MINIMUM_MAGIC,
          PROFILE_VAL_MISSINGELEMENT);
  private static final Set<String> UNKNOWN =
      Set.of(
          VALIDATION_VAL_PROFILE_NOTALLOWED,
          VALIDATION_VAL_CONTENT_UNKNOWN,
          ILLEGAL_PROPERTY,
          PROFILE_VAL_NOTALLOWED);
  private static final Set<String> FIXED =
      Set.of(
          _DT_FIXED_WRONG,
          TYPE_CHECKS_FIXED_CC,
          TYPE_CHECKS_FIXED_CC_US,
          TYPE_CHECKS_PATTERN_CC,
          TYPE_CHECKS_PATTERN_CC_US,
          PATTERN_CHECK_STRING);

  private final IssueType issue;

  FaultKind(IssueType issue) {
    this.issue = issue;
  }

  /** The FHIR issue type of a fault's code; a code that is no kind is the key of an invariant. */
  static IssueType issueOf(String code) {
    for (FaultKind kind : values()) {
      if (kind.name().equals(code)) {
        return kind.issue;
      }
    }
    return IssueType.INVARIANT;
  }

  static FaultKind of(ValidationMessage message) {
    String id = message.getMessageId();
    if (id == null) {
      return ofUnnamed(message.getType());
    }
    if (MISSING.contains(id)) {
      return FIELD_MISSING;
    }
    if (VALIDATION_VAL_PROFILE_MAXIMUM.equals(id)) {
      return FIELD_REPEATED;
    }
    if (UNKNOWN.contains(id)) {
      return FIELD_UNKNOWN;
    }
    if (FIXED.contains(id)) {
      return VALUE_INVALID;
    }
    return ofFamily(id.toLowerCase(Locale.ROOT), message.getType());
  }

  private static FaultKind ofFamily(String id, ValidationMessage.IssueType type) {
    if (type == ValidationMessage.IssueType.CODEINVALID || id.startsWith("terminology_")) {
      return CODE_INVALID;
    }
    if (id.startsWith("reference_") || id.startsWith("bundle_bundle_entry_notfound")) {
      return REFERENCE_INVALID;
    }
    if (id.startsWith("type_specific_checks_")
        || id.startsWith("resource_res_id_")
        || id.startsWith("primitive_")) {
      return FIELD_INVALID;
    }
    return STRUCTURE_INVALID;
  }

  /** The parser's messages have no id. */
  private static FaultKind ofUnnamed(ValidationMessage.@Nullable IssueType type) {
    if (type == ValidationMessage.IssueType.STRUCTURE) {
      return FIELD_UNKNOWN;
    }
    return type == ValidationMessage.IssueType.CODEINVALID ? CODE_INVALID : FIELD_INVALID;
  }
}
