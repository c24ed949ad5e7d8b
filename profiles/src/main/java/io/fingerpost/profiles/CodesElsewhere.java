package io.fingerpost.profiles;

import ca.uhn.fhir.context.support.IValidationSupport;

/**
 * Whom to ask about codes of systems that are not at hand, such as SNOMED CT. It answers nothing
 * when it cannot tell, and then nothing is refused.
 */
public record CodesElsewhere(IValidationSupport support) {}
