package io.fingerpost.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of FHIR R4. HAPI's own throws when asked for a type without a name, which a
 * reference such as {@code a//b} makes it do: the sender's fault would become ours.
 */
final class StandardDefinitions extends DefaultProfileValidationSupport {

  StandardDefinitions(FhirContext context) {
    super(context);
  }

  @Override
  public @Nullable IBaseResource fetchStructureDefinition(String url) {
    return URL_PREFIX_STRUCTURE_DEFINITION.equals(url) ? null : super.fetchStructureDefinition(url);
  }
}
