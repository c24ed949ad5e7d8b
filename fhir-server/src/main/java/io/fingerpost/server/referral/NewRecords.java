package io.fingerpost.server.referral;

import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the transaction that is open has created itself: nobody else can have seen it, so a new
 * referral costs no look into the store.
 */
final class NewRecords {

  private static final String KEY = NewRecords.class.getName();

  private final Map<String, IBaseResource> created = new HashMap<>();

  static NewRecords in(TransactionDetails transaction) {
    return transaction.getOrCreateUserData(KEY, NewRecords::new);
  }

  void add(IBaseResource resource) {
    if (resource instanceof ServiceRequest || resource instanceof Patient) {
      created.put(resource.fhirType() + "/" + resource.getIdElement().getIdPart(), resource);
    }
  }

  @Nullable ServiceRequest referral(String id) {
    return (ServiceRequest) created.get("ServiceRequest/" + id);
  }

  /**
   * @param reference {@code Type/<id>}
   */
  boolean has(String reference) {
    return created.containsKey(reference);
  }
}
