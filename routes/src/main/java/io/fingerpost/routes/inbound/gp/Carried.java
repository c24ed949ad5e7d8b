package io.fingerpost.routes.inbound.gp;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.terminology.SystemUrl;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BackboneElement;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Makes a resource of a message fit to leave it: references become the identifiers of what they
 * pointed at, and only extensions of FHIR and UK Core stay, and how to reach the person safely.
 * What would change the meaning of the rest and is not understood here is refused.
 */
final class Carried {

  private static final List<String> UNDERSTOOD =
      List.of(
          "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-",
          "http://hl7.org/fhir/StructureDefinition/",
          // A person in danger stays safe only if it is carried; others of ours are ours to set.
          "https://fingerpost.io/StructureDefinition/fingerpost-safe-contact");

  private final GpMessage message;

  Carried(GpMessage message) {
    this.message = message;
  }

  /** A copy of the whole resource without what belongs to the sender's copy of it. */
  <T extends DomainResource> T copy(T sent, Class<T> type) {
    T copy = type.cast(sent.copy());
    copy.setId((String) null);
    copy.setMeta(null);
    copy.setText(null);
    copy.setContained(null);
    return finish(sent, copy);
  }

  /** Closes a resource made of parts of one that was sent: its labels come with it. */
  <T extends DomainResource> T finish(DomainResource sent, T made) {
    requireUnmodified(sent.hasModifierExtension(), sent);
    if (sent.hasImplicitRules()) {
      throw MessageRefused.invalid(
          sent.fhirType() + ".implicitRules", "Send resources that need no rules of their own.");
    }
    detach(made, made);
    for (Coding label : labels(sent)) {
      made.getMeta().addSecurity(label.copy());
    }
    return made;
  }

  /** A resource without labels has those of its message: the cautious reading. */
  private List<Coding> labels(Resource sent) {
    return sent.getMeta().hasSecurity()
        ? sent.getMeta().getSecurity()
        : message.bundle().getMeta().getSecurity();
  }

  private void detach(Base base, DomainResource of) {
    if (base instanceof BackboneElement element) {
      requireUnmodified(element.hasModifierExtension(), of);
    }
    if (base instanceof Element element && element.hasExtension()) {
      element.getExtension().removeIf(extension -> !isUnderstood(extension));
    }
    if (base instanceof DomainResource resource && resource.hasExtension()) {
      resource.getExtension().removeIf(extension -> !isUnderstood(extension));
    }
    if (base instanceof Reference reference) {
      name(reference);
    }
    for (Property property : base.children()) {
      property.getValues().forEach(value -> detach(value, of));
    }
  }

  private static void requireUnmodified(boolean modified, DomainResource of) {
    if (modified) {
      throw MessageRefused.invalid(
          of.fhirType() + ".modifierExtension",
          "Send it without modifier extensions; the scheme understands none of them.");
    }
  }

  /** The parts of an extension have names without a system: they are understood as it is. */
  private static boolean isUnderstood(Extension extension) {
    String url = extension.getUrl();
    return url != null
        && !url.isBlank()
        && (extension.hasValue() || extension.hasExtension())
        && (!url.contains(":") || UNDERSTOOD.stream().anyMatch(url::startsWith))
        && !(extension.getValue() instanceof Reference);
  }

  private void name(Reference reference) {
    Optional<Resource> target = message.target(reference);
    reference.setReference(null).setType(null).setResource(null);
    if (target.isEmpty()) {
      return;
    }
    if (target.get() instanceof Organization organisation) {
      ods(organisation).ifPresent(code -> reference.setIdentifier(code.toIdentifier()));
      reference.setDisplay(organisation.getName());
    } else if (target.get() instanceof Practitioner practitioner) {
      practitioner.getIdentifier().stream()
          .findFirst()
          .ifPresent(identifier -> reference.setIdentifier(identifier.copy()));
    }
  }

  /** BaRS's own examples write the system with a small {@code id}. */
  static Optional<OdsCode> ods(Organization organisation) {
    return organisation.getIdentifier().stream()
        .filter(Carried::isOds)
        .flatMap(identifier -> OdsCode.parse(identifier.getValue()).stream())
        .findFirst();
  }

  static boolean isOds(Identifier identifier) {
    return SystemUrl.ODS_ORGANISATION.url().equalsIgnoreCase(identifier.getSystem())
        && identifier.getValue() != null;
  }
}
