package io.fingerpost.routes.inbound.gp;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Finds the references of a message that lead nowhere in it. Absolute URLs of other servers are
 * left alone; so is {@code EpisodeOfCare/…}, which BaRS uses as a journey's id and never sends.
 */
final class MessageReferences {

  private static final int NAMED = 3;

  private final GpMessage message;
  private final List<String> dangling = new ArrayList<>();

  private MessageReferences(GpMessage message) {
    this.message = message;
  }

  static void requireResolved(GpMessage message) {
    MessageReferences references = new MessageReferences(message);
    List<BundleEntryComponent> entries = message.bundle().getEntry();
    for (int index = 0; index < entries.size(); index++) {
      Resource resource = entries.get(index).getResource();
      references.visit(resource, "Bundle.entry[" + index + "].resource", resource);
    }
    if (!references.dangling.isEmpty()) {
      throw new MessageRefused(
          Code.REFERENCE_DANGLING,
          String.join(", ", references.dangling),
          "Send every resource that is referred to, or leave the reference out.");
    }
  }

  private void visit(Base base, String path, Resource container) {
    if (base instanceof Reference reference && !leadsSomewhere(reference, container)) {
      if (dangling.size() < NAMED) {
        dangling.add(path);
      }
    }
    for (Property property : base.children()) {
      String name = path + "." + property.getName().replace("[x]", "");
      List<Base> values = property.getValues();
      for (int index = 0; index < values.size(); index++) {
        visit(values.get(index), property.isList() ? name + "[" + index + "]" : name, container);
      }
    }
  }

  private boolean leadsSomewhere(Reference reference, Resource container) {
    String name = reference.getReference();
    return name == null
        || (name.startsWith("#") ? isContained(name, container) : isKnown(reference, name));
  }

  private static boolean isContained(String name, Resource container) {
    return name.equals("#")
        || (container instanceof DomainResource resource
            && resource.getContained().stream()
                .map(contained -> contained.getIdElement().getIdPart())
                .anyMatch(id -> isNamed(id, name)));
  }

  private static boolean isNamed(@Nullable String id, String reference) {
    return id != null && (id.equals(reference) || ("#" + id).equals(reference));
  }

  private boolean isKnown(Reference reference, String name) {
    IdType id = new IdType(name);
    return message.target(reference).isPresent()
        || (id.isAbsolute() && !name.startsWith("urn:"))
        || "EpisodeOfCare".equals(id.getResourceType());
  }
}
