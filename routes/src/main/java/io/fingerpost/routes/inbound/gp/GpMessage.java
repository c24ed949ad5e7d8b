package io.fingerpost.routes.inbound.gp;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** A FHIR message Bundle, read strictly, in which a reference finds what it points at. */
final class GpMessage {

  private static final FhirContext R4 = FhirContext.forR4Cached();

  private final Bundle bundle;
  private final MessageHeader header;
  private final Map<String, Resource> targets = new HashMap<>();

  private GpMessage(Bundle bundle) {
    this.bundle = bundle;
    this.header = headerOf(bundle);
    for (int index = 0; index < bundle.getEntry().size(); index++) {
      register(bundle.getEntry().get(index), "Bundle.entry[" + index + "]");
    }
  }

  static GpMessage read(byte[] body) {
    IBaseResource resource = parsed(WireText.read(body));
    if (!(resource instanceof Bundle bundle) || bundle.getType() != BundleType.MESSAGE) {
      throw new MessageRefused(
          Code.MESSAGE_MALFORMED, "Bundle.type", "Send a Bundle of type message.");
    }
    return new GpMessage(bundle);
  }

  private static IBaseResource parsed(WireText wire) {
    IParser parser = wire.isXml() ? R4.newXmlParser() : R4.newJsonParser();
    parser.setParserErrorHandler(new StrictReading());
    parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
    try {
      return parser.parseResource(wire.text());
    } catch (RuntimeException unreadable) {
      // A parser that falls over does so on what it was given. Its words may quote the message.
      throw unreadable instanceof MessageRefused refused
          ? refused
          : new MessageRefused(
              Code.MESSAGE_MALFORMED, "Bundle", "Send one well-formed FHIR R4 message Bundle.");
    }
  }

  private static MessageHeader headerOf(Bundle bundle) {
    if (bundle.getEntryFirstRep().getResource() instanceof MessageHeader first) {
      return first;
    }
    throw new MessageRefused(
        Code.HEADER_MISSING, "Bundle.entry[0].resource", "Put the MessageHeader first.");
  }

  private void register(BundleEntryComponent entry, String path) {
    Resource resource = entry.getResource();
    if (resource == null) {
      throw MessageRefused.missing(path + ".resource", "Put a resource in every entry.");
    }
    if (entry.hasFullUrl()) {
      register(entry.getFullUrl(), resource, path);
      IdType id = new IdType(entry.getFullUrl());
      if (id.hasResourceType()) {
        register(id.toUnqualifiedVersionless().getValue(), resource, path);
      }
    }
    String id = resource.getIdElement().getIdPart();
    if (id != null) {
      register(resource.fhirType() + "/" + id, resource, path);
    }
  }

  private void register(String name, Resource resource, String path) {
    Resource other = targets.putIfAbsent(name, resource);
    if (other != null && other != resource) {
      throw MessageRefused.invalid(path, "Give each resource a fullUrl and an id of its own.");
    }
  }

  Bundle bundle() {
    return bundle;
  }

  MessageHeader header() {
    return header;
  }

  /** What a reference points at, where that is an entry of this message. */
  Optional<Resource> target(Reference reference) {
    String name = reference.getReference();
    if (name == null) {
      return Optional.empty();
    }
    Resource target = targets.get(name);
    if (target == null && !name.startsWith("urn:")) {
      IdType id = new IdType(name);
      target = id.isAbsolute() ? null : targets.get(id.toUnqualifiedVersionless().getValue());
    }
    return Optional.ofNullable(target);
  }

  <T extends Resource> Optional<T> target(Reference reference, Class<T> type) {
    return target(reference).filter(type::isInstance).map(type::cast);
  }

  <T extends Resource> List<T> all(Class<T> type) {
    return bundle.getEntry().stream()
        .map(BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** The one resource of this type; a message is about one referral of one person. */
  <T extends Resource> T only(Class<T> type) {
    List<T> found = all(type);
    String name = type.getSimpleName();
    if (found.isEmpty()) {
      throw MessageRefused.missing(name, "Send one " + name + " in each message.");
    }
    if (found.size() > 1) {
      throw MessageRefused.invalid(name, "Send one " + name + " only; one message for each.");
    }
    return found.get(0);
  }
}
