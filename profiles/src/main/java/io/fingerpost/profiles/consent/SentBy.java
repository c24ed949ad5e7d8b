package io.fingerpost.profiles.consent;

import io.fingerpost.terminology.SystemUrl;
import java.util.Optional;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;

/**
 * Which organisation sent a consent, as the channel it came by authenticated it. The routes set it
 * on what they store, over whatever a message may claim; implied consent reaches no further.
 */
public final class SentBy {

  public static final String URL = "https://fingerpost.io/StructureDefinition/sent-by";

  private SentBy() {}

  /** Sets the sender, in the place of any that was there. */
  public static void set(DomainResource resource, String odsCode) {
    resource.getExtension().removeIf(extension -> URL.equals(extension.getUrl()));
    resource.addExtension(
        new Extension(
            URL, new Identifier().setSystem(SystemUrl.ODS_ORGANISATION.url()).setValue(odsCode)));
  }

  public static Optional<String> odsCodeIn(DomainResource resource) {
    Extension extension = resource.getExtensionByUrl(URL);
    return extension != null && extension.getValue() instanceof Identifier identifier
        ? Optional.ofNullable(identifier.getValue())
        : Optional.empty();
  }
}
