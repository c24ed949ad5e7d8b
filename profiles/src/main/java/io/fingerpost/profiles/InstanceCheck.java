package io.fingerpost.profiles;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.validator.FhirDefaultPolicyAdvisor;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator.NullEvaluationContext;
import org.hl7.fhir.r5.context.IWorkerContext;
import org.hl7.fhir.r5.elementmodel.Element;
import org.hl7.fhir.r5.elementmodel.Element.SpecialElement;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.r5.model.Base.ValidationMode;
import org.hl7.fhir.r5.model.CodeableConcept;
import org.hl7.fhir.r5.model.Coding;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.model.StructureDefinition.StructureDefinitionKind;
import org.hl7.fhir.r5.model.StructureDefinition.TypeDerivationRule;
import org.hl7.fhir.r5.model.ValueSet;
import org.hl7.fhir.r5.terminologies.utilities.ValidationResult;
import org.hl7.fhir.r5.utils.validation.ValidatorSession;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.r5.utils.validation.constants.IdStatus;
import org.hl7.fhir.r5.utils.xver.XVerExtensionManagerOld;
import org.hl7.fhir.utilities.i18n.I18nConstants;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.utilities.validation.ValidationMessage.IssueSeverity;
import org.hl7.fhir.validation.ValidatorSettings;
import org.hl7.fhir.validation.instance.InstanceValidator;
import org.hl7.fhir.validation.instance.ResourcePercentageLogger;
import org.hl7.fhir.validation.instance.utils.NodeStack;
import org.hl7.fhir.validation.instance.utils.ValidationContext;
import org.hl7.fhir.validation.service.utils.ValidationLevel;

/**
 * HL7's validator, made once and used many times by one thread at a time: making one reads a table
 * of OIDs, which costs more than checking a Bundle. Wherever it would check a resource against its
 * base type it checks our profile of that type, which holds all of the base type's rules.
 */
final class InstanceCheck extends InstanceValidator {
  /** HL7's class remembers codings and texts it saw, so one that has served this long is let go. */
  private static final int LIFE = 200;

  private final IWorkerContext definitions;
  private final NodeStack nowhere;
  private int served;

  InstanceCheck(IWorkerContext definitions) {
    super(
        definitions,
        new NullEvaluationContext(),
        new XVerExtensionManagerOld(definitions),
        new ValidatorSession(),
        errorsOnly());
    this.definitions = definitions;
    this.nowhere = new NodeStack(definitions);
    setAnyExtensionsAllowed(true);
    setErrorForUnknownProfiles(false);
    setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    setResourceIdRule(IdStatus.OPTIONAL);
    setPolicyAdvisor(new FhirDefaultPolicyAdvisor());
    setNoExtensibleWarnings(true);
    setNoBindingMsgSuppressed(true);
    setAllowExamples(true);
    // A reference by type and id is held to the types allowed, without looking the resource up.
    setAssumeValidRestReferences(true);
    // Else a faulty Patient makes a fault, without a reason, of each reference to it.
    setShowMessagesFromReferences(true);
  }

  private static ValidatorSettings errorsOnly() {
    ValidatorSettings settings = new ValidatorSettings();
    settings.setLevel(ValidationLevel.ERRORS);
    return settings;
  }

  /** Everything found wrong with a resource in JSON. */
  List<ValidationMessage> messages(byte[] json) {
    served++;
    List<ValidationMessage> messages = new ArrayList<>();
    validate(null, messages, new ByteArrayInputStream(json), FhirFormat.JSON, new ArrayList<>());
    getTextsToCheck().clear();
    return messages;
  }

  boolean isWorn() {
    return served >= LIFE;
  }

  // With each coding HL7's class keeps where it stood, and so the whole resource: a third of a
  // megabyte for each Bundle. The place is used for nothing else, and is kept from it.

  @Override
  public ValidationResult checkCodeOnServer(NodeStack where, ValueSet valueSet, Coding coding) {
    return super.checkCodeOnServer(nowhere, valueSet, coding);
  }

  @Override
  public ValidationResult checkCodeOnServer(
      NodeStack where, ValueSet valueSet, CodeableConcept concept) {
    try {
      return super.checkCodeOnServer(nowhere, valueSet, concept);
    } catch (Exception e) {
      // Its checked exception has no name outside its package; HL7's caller makes a warning of it.
      return new ValidationResult(IssueSeverity.WARNING, null, List.of());
    }
  }

  @Override
  public ValidationResult checkCodeOnServer(
      NodeStack where,
      String code,
      String system,
      String version,
      String display,
      boolean checkDisplay) {
    return super.checkCodeOnServer(nowhere, code, system, version, display, checkDisplay);
  }

  @Override
  public boolean startInner(
      ValidationContext where,
      List<ValidationMessage> errors,
      Element resource,
      Element element,
      StructureDefinition definition,
      NodeStack stack,
      boolean checkSpecials,
      ResourcePercentageLogger progress,
      ValidationMode mode,
      boolean fromContained) {
    return super.startInner(
        where,
        errors,
        resource,
        element,
        ours(element, definition),
        stack,
        checkSpecials,
        progress,
        mode,
        fromContained);
  }

  /**
   * An id that could end a comment in HL7's paths sends its search for comments round for ever, so
   * nothing more is asked of a resource that holds one.
   */
  @Override
  public void validate(
      Object caller,
      List<ValidationMessage> errors,
      String path,
      Element element,
      List<StructureDefinition> profiles) {
    if (rule(
        errors,
        NO_RULE_DATE,
        ValidationMessage.IssueType.INVALID,
        element.line(),
        element.col(),
        element.fhirType(),
        idsAreSafe(element),
        I18nConstants.RESOURCE_RES_ID_MALFORMED_CHARS,
        "")) {
      super.validate(caller, errors, path, element, profiles);
    }
  }

  private static boolean idsAreSafe(Element element) {
    String id = element.getIdBase();
    return (id == null || !(id.contains("*/") || id.contains("/*")))
        && element.getChildren().stream().allMatch(InstanceCheck::idsAreSafe);
  }

  /** A contained resource is a part of another, not a record of its own: its base type serves. */
  private StructureDefinition ours(Element element, StructureDefinition definition) {
    if (element.getSpecial() == SpecialElement.CONTAINED
        || definition.getKind() != StructureDefinitionKind.RESOURCE
        || definition.getDerivation() != TypeDerivationRule.SPECIALIZATION) {
      return definition;
    }
    return Profile.of(definition.getType(), mark -> bears(element, mark))
        .map(profile -> definitions.fetchResource(StructureDefinition.class, profile.url()))
        .orElse(definition);
  }

  private static boolean bears(Element resource, Profile.Mark mark) {
    if (mark.system() == null) {
      return mark.code().equals(resource.getNamedChildValue(mark.element()));
    }
    return resource.getChildren(mark.element()).stream()
        .flatMap(concept -> concept.getChildren("coding").stream())
        .anyMatch(
            coding ->
                mark.code().equals(coding.getNamedChildValue("code"))
                    && mark.system().equals(coding.getNamedChildValue("system")));
  }

  /**
   * Two verdicts on references put right. Within a Bundle HL7 lets pass a urn that no entry bears,
   * though nothing else can resolve it; and it reads {@code
   * Organization?identifier=https://fhir.nhs.uk/Id/x|y} as a reference to the type {@code Id}.
   */
  @Override
  protected boolean rule(
      List<ValidationMessage> errors,
      String ruleDate,
      ValidationMessage.IssueType type,
      int line,
      int col,
      String path,
      boolean pass,
      String message,
      Object... arguments) {
    boolean verdict = pass;
    if (I18nConstants.REFERENCE_REF_NOTFOUND_BUNDLE.equals(message)) {
      boolean urn = String.valueOf(arguments[0]).startsWith("urn:");
      verdict = pass && !(urn && path.startsWith("Bundle."));
    } else if (I18nConstants.REFERENCE_REF_BADTARGETTYPE2.equals(message)) {
      verdict = pass || !isByTypeAndId(arguments[0], arguments[1]);
    }
    return super.rule(errors, ruleDate, type, line, col, path, verdict, message, arguments);
  }

  private boolean isByTypeAndId(Object type, Object reference) {
    return definitions.getResourceNamesAsSet().contains(String.valueOf(type))
        && !String.valueOf(reference).contains("?");
  }

  /** Points at the missing element itself, where HL7 points at its parent. */
  @Override
  protected boolean rulePlural(
      List<ValidationMessage> errors,
      String ruleDate,
      ValidationMessage.IssueType type,
      int line,
      int col,
      String path,
      boolean pass,
      int count,
      String message,
      Object... arguments) {
    boolean tooFewOrMany =
        I18nConstants.VALIDATION_VAL_PROFILE_MINIMUM.equals(message)
            || I18nConstants.VALIDATION_VAL_PROFILE_MINIMUM_SLICE.equals(message)
            || I18nConstants.VALIDATION_VAL_PROFILE_MAXIMUM.equals(message);
    String where = path;
    if (!pass && tooFewOrMany) {
      String defined = String.valueOf(arguments[1]);
      where = path + defined.substring(defined.lastIndexOf('.'));
    }
    return super.rulePlural(
        errors, ruleDate, type, line, col, where, pass, count, message, arguments);
  }
}
