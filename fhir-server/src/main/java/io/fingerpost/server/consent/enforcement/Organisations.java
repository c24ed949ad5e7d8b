package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fingerpost.terminology.SystemUrl;
import java.time.Duration;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;

/**
 * The ODS codes of the store's organisations: what a reference means, not what it says it means.
 */
final class Organisations {

  private final DaoRegistry daos;

  /** An organisation's code does not change; a new one is found at once, as misses are not kept. */
  private final Cache<String, String> codes =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  Organisations(DaoRegistry daos) {
    this.daos = daos;
  }

  /** The code of {@code Organization/<id>}; empty when there is none such, or it has no code. */
  Optional<String> odsCodeOf(String reference) {
    String known = codes.getIfPresent(reference);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> found = stored(reference);
    found.ifPresent(code -> codes.put(reference, code));
    return found;
  }

  /** By its reference where it has one; by its identifier only where it has nothing else. */
  Optional<String> odsCodeOf(Reference reference) {
    if (reference.hasReference()) {
      return odsCodeOf(reference.getReferenceElement().toUnqualifiedVersionless().getValue());
    }
    return isOds(reference.getIdentifier())
        ? Optional.of(reference.getIdentifier().getValue())
        : Optional.empty();
  }

  private Optional<String> stored(String reference) {
    IdType id = new IdType(reference);
    if (!"Organization".equals(id.getResourceType())) {
      return Optional.empty();
    }
    try {
      return daos
          .getResourceDao(Organization.class)
          .read(id, new SystemRequestDetails())
          .getIdentifier()
          .stream()
          .filter(Organisations::isOds)
          .map(Identifier::getValue)
          .findFirst();
    } catch (ResourceNotFoundException | ResourceGoneException none) {
      return Optional.empty();
    }
  }

  private static boolean isOds(Identifier identifier) {
    return SystemUrl.ODS_ORGANISATION.url().equals(identifier.getSystem()) && identifier.hasValue();
  }
}
