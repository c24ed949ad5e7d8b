package io.fingerpost.routes.store;

import io.fingerpost.profiles.Profile;
import io.fingerpost.profiles.matching.MatchTask;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/** A transaction being made. The same message gives the same Bundle. */
public final class TransactionDraft {

  private final Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
  private final UUID message;

  /**
   * @param message our id of it: what new entries are called by within the Bundle comes of it
   */
  public TransactionDraft(UUID message) {
    this.message = message;
  }

  public Bundle bundle() {
    return bundle;
  }

  /** Adds a create under a name that is the same each time this message is translated. */
  public Reference create(Resource resource, String role) {
    Profile.of(resource.fhirType())
        .filter(profile -> !resource.getMeta().hasProfile(profile.url()))
        .filter(profile -> !(resource instanceof Task task && MatchTask.is(task)))
        .ifPresent(profile -> resource.getMeta().addProfile(profile.url()));
    String fullUrl = name(role);
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
  public Reference createUnlessThere(Resource resource, String role, Identifier identifier) {
    Reference reference = create(resource, role);
    bundle
        .getEntry()
        .get(bundle.getEntry().size() - 1)
        .getRequest()
        .setIfNoneExist("identifier=" + identifier.getSystem() + "|" + identifier.getValue());
    return reference;
  }

  /** Adds an update of what was read from the store, unless somebody else changes it meanwhile. */
  public Reference update(Resource stored) {
    String reference = stored.fhirType() + "/" + stored.getIdElement().getIdPart();
    bundle
        .addEntry()
        .setFullUrl(name(reference))
        .setResource(stored)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl(reference)
        .setIfMatch("W/\"" + stored.getMeta().getVersionId() + "\"");
    return new Reference(reference);
  }

  /** Each entry has one: without it FHIR allows no relative references in what it holds. */
  private String name(String role) {
    String seed = message + "/" + role + "/" + bundle.getEntry().size();
    return "urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
  }
}
