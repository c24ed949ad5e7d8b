package io.fingerpost.routes.store;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.TokenParam;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.terminology.SystemUrl;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * What the routes ask of the FHIR store, through HAPI's own port: in process or over HTTP alike.
 */
public final class ReferralStore {

  /** Search now, as one query, and keep no result list for later pages. */
  private static final Map<String, String> NOT_KEPT = Map.of("Cache-Control", "no-store");

  private final IRepository repository;

  /** Organisations hardly change id; asking for them in every transaction cost a tenth of it. */
  private final Cache<OdsCode, String> organisations =
      Caffeine.newBuilder().maximumSize(10_000).build();

  public ReferralStore(IRepository repository) {
    this.repository = repository;
  }

  public Optional<Patient> patient(Identifier identifier) {
    return first(Patient.class, identifier);
  }

  /** {@code Organization/<id>} of the organisation with this code, where the store has it. */
  public Optional<String> organisation(OdsCode code) {
    String known = organisations.getIfPresent(code);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> found =
        first(Organization.class, code.toIdentifier())
            .map(organization -> "Organization/" + organization.getIdElement().getIdPart());
    found.ifPresent(reference -> organisations.put(code, reference));
    return found;
  }

  /** {@code ServiceRequest/<id>} that an earlier try at this message stored, if one did. */
  public Optional<String> referralFrom(String sender, String messageId) {
    Identifier identifier =
        new Identifier().setSystem(SystemUrl.MESSAGE_ID.url()).setValue(sender + "/" + messageId);
    return first(ServiceRequest.class, identifier)
        .map(request -> "ServiceRequest/" + request.getIdElement().getIdPart());
  }

  /** Stores all of it or nothing, and tells the {@code ServiceRequest/<id>} it was given. */
  public String save(Bundle transaction) {
    Bundle response = repository.transaction(transaction);
    return response.getEntry().stream()
        .map(entry -> entry.getResponse().getLocation())
        .filter(location -> location != null && location.contains("ServiceRequest/"))
        .map(location -> "ServiceRequest/" + new IdType(location).getIdPart())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the transaction answered no ServiceRequest"));
  }

  private <T extends IBaseResource> Optional<T> first(Class<T> type, Identifier identifier) {
    TokenParam token = new TokenParam(identifier.getSystem(), identifier.getValue());
    Bundle found =
        repository.search(
            Bundle.class, type, search -> search.addOrList("identifier", token), NOT_KEPT);
    return found.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
