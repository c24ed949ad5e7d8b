package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.Profile;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** A transaction being made. The same message gives the same Bundle. */
final class Draft {

  private final Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
  private final UUID message;

  /**
   * @param message our id of it: what new entries are called by within the Bundle comes of it
   */
  Draft(UUID message) {
    this.message = message;
  }

  Bundle bundle() {
    return bundle;
  }

  /** Adds a create under a name that is the same each time this message is translated. */
  Reference create(Resource resource, String role) {
    Profile.of(resource.fhirType())
        .filter(profile -> !resource.getMeta().hasProfile(profile.url()))
        .ifPresent(profile -> resource.getMeta().addProfile(profile.url()));
    String seed = message + "/" + role + "/" + bundle.getEntry().size();
    String fullUrl = "urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    bundle
        .addEntry()
        .setFullUrl(fullUrl)
        .setResource(resource)
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl(resource.fhirType());
    return new Reference(fullUrl);
  }

  /** The same, unless the store has one with this identifier by then. */
  Reference createUnlessThere(Resource resource, String role, Identifier identifier) {
    Reference reference = create(resource, role);
    bundle
        .getEntry()
        .get(bundle.getEntry().size() - 1)
        .getRequest()
        .setIfNoneExist("identifier=" + identifier.getSystem() + "|" + identifier.getValue());
    return reference;
  }

  /** Adds an update of what was read from the store, unless somebody else changes it meanwhile. */
  Reference update(Resource stored) {
    String reference = stored.fhirType() + "/" + stored.getIdElement().getIdPart();
    // Its references are relative, and relative to nothing in an entry that has no address.
    String seed = message + "/" + reference;
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)))
        .setResource(stored)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl(reference)
        .setIfMatch("W/\"" + stored.getMeta().getVersionId() + "\"");
    return new Reference(reference);
  }
}
