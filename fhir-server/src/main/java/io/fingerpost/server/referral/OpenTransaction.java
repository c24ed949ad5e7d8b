package io.fingerpost.server.referral;

import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the transaction that is open. Nobody else can have seen what it has created, so
 * a new referral costs no look into the store.
 */
final class OpenTransaction {

  private static final String KEY = OpenTransaction.class.getName();

  private final Set<IBaseResource> created = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<IBaseResource> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  static OpenTransaction of(TransactionDetails transaction) {
    return transaction.getOrCreateUserData(KEY, OpenTransaction::new);
  }

  /**
   * False from the second time on: the server's interceptors are the store's as well, and of a
   * request by HTTP each of them hears twice.
   */
  boolean sees(IBaseResource written) {
    return seen.add(written);
  }

  /** Its id is not known yet; it has one by the time this is asked. */
  void add(IBaseResource resource) {
    if (resource instanceof ServiceRequest || resource instanceof Patient) {
      created.add(resource);
    }
  }

  /** The ServiceRequest of this id, where it was created just now. */
  @Nullable ServiceRequest referral(String id) {
    return (ServiceRequest) find("ServiceRequest/" + id).orElse(null);
  }

  /**
   * @param reference {@code Type/<id>}
   */
  boolean hasCreated(String reference) {
    return find(reference).isPresent();
  }

  private Optional<IBaseResource> find(String reference) {
    return created.stream().filter(resource -> reference.equals(referenceTo(resource))).findFirst();
  }

  private static @Nullable String referenceTo(IBaseResource resource) {
    return resource.getIdElement().hasIdPart()
        ? resource.fhirType() + "/" + resource.getIdElement().getIdPart()
        : null;
  }
}
