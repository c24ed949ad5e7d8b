package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import io.fingerpost.profiles.consent.SentBy;
import io.fingerpost.server.consent.decision.ConsentRecord;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.RelatedPerson;

/** A person's consents as they stand now, read from the store for each request. */
final class ConsentsOnRecord {

  private final DaoRegistry daos;
  private final ConsentReader reader;

  ConsentsOnRecord(DaoRegistry daos, Organisations organisations) {
    this.daos = daos;
    this.reader = new ConsentReader(organisations::odsCodeOf, this::relatedPerson);
  }

  /**
   * @param patient {@code Patient/<id>}
   */
  List<ConsentRecord> of(String patient) {
    SearchParameterMap search =
        SearchParameterMap.newSynchronous().add(Consent.SP_PATIENT, new ReferenceParam(patient));
    return daos
        .getResourceDao(Consent.class)
        .search(search, new SystemRequestDetails())
        .getAllResources()
        .stream()
        .map(Consent.class::cast)
        .map(this::read)
        .toList();
  }

  private Optional<RelatedPerson> relatedPerson(String reference) {
    IdType id = new IdType(reference);
    if (!"RelatedPerson".equals(id.getResourceType())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          daos.getResourceDao(RelatedPerson.class).read(id, new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException none) {
      return Optional.empty();
    }
  }

  private ConsentRecord read(Consent consent) {
    Optional<String> sender = SentBy.odsCodeIn(consent);
    return reader.read(consent, sender.orElse(null));
  }
}
