package io.fingerpost.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.LookupCodeRequest;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/**
 * Lets pass a code of a system that is not at hand, such as SNOMED CT: it cannot be checked, which
 * is no fault of the sender's. The last link of the chain, asked only when no other could answer.
 */
final class UncheckableCodes implements IValidationSupport {
  private final FhirContext context;

  UncheckableCodes(FhirContext context) {
    this.context = context;
  }

  @Override
  public FhirContext getFhirContext() {
    return context;
  }

  @Override
  public boolean isCodeSystemSupported(ValidationSupportContext chain, @Nullable String system) {
    return system != null && chain.getRootValidationSupport().fetchCodeSystem(system) == null;
  }

  @Override
  public @Nullable CodeValidationResult validateCode(
      ValidationSupportContext chain,
      ConceptValidationOptions options,
      @Nullable String system,
      String code,
      @Nullable String display,
      @Nullable String valueSet) {
    return isCodeSystemSupported(chain, system) ? new CodeValidationResult().setCode(code) : null;
  }

  @Override
  public @Nullable CodeValidationResult validateCodeInValueSet(
      ValidationSupportContext chain,
      ConceptValidationOptions options,
      @Nullable String system,
      String code,
      @Nullable String display,
      IBaseResource valueSet) {
    return isCodeSystemSupported(chain, system) ? new CodeValidationResult().setCode(code) : null;
  }

  /** Asked by the check of a value set that names single codes: whether it names it decides. */
  @Override
  public @Nullable LookupCodeResult lookupCode(
      ValidationSupportContext chain, LookupCodeRequest request) {
    return isCodeSystemSupported(chain, request.getSystem())
        ? new LookupCodeResult()
            .setSearchedForSystem(request.getSystem())
            .setSearchedForCode(request.getCode())
            .setFound(true)
        : null;
  }
}
