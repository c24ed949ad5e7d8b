package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.collect.Lists;
import io.fingerpost.profiles.consent.SentBy;
import io.fingerpost.server.consent.decision.ConsentRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * People's consents as they stand now. Those read before are used again while the database says, at
 * each request, that no consent of the person was written since, nor who may give one for them: so
 * a change counts from the next request on, on every node.
 */
public final class ConsentsOnRecord {

  private static final int PEOPLE_AT_ONCE = 20;
  private static final int MOST = 20_000;

  private final DaoRegistry daos;
  private final JdbcClient jdbc;
  private final ConsentReader reader;
  private final Cache<String, Kept> kept = Caffeine.newBuilder().maximumSize(5_000).build();

  ConsentsOnRecord(DaoRegistry daos, JdbcClient jdbc, Organisations organisations) {
    this.daos = daos;
    this.jdbc = jdbc;
    this.reader = new ConsentReader(organisations::odsCodeOf, this::relatedPerson);
  }

  /**
   * @param times they had changed when they were read
   */
  private record Kept(long times, List<ConsentRecord> consents) {}

  /**
   * @param patients {@code Patient/<id>}, each
   * @return for each of them; an empty list for whom there is none
   */
  Map<String, List<ConsentRecord>> of(Collection<String> patients) {
    Map<String, Long> states = statesOf(patients);
    Map<String, List<ConsentRecord>> consents = new HashMap<>();
    List<String> unread = new ArrayList<>();
    for (String patient : patients) {
      Kept known = kept.getIfPresent(patient);
      if (known != null && Long.valueOf(known.times()).equals(states.get(patient))) {
        consents.put(patient, known.consents());
      } else {
        unread.add(patient);
      }
    }
    for (List<String> some : Lists.partition(unread, PEOPLE_AT_ONCE)) {
      Map<String, List<ConsentRecord>> read = read(some);
      read.forEach(
          (patient, records) -> {
            // Written since its state was read, it is read once more next time.
            Long times = states.get(patient);
            if (times != null) {
              kept.put(patient, new Kept(times, records));
            }
          });
      consents.putAll(read);
    }
    return consents;
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

  /**
   * As the open transaction sees them. What it has written may yet be undone, so none of it is
   * kept.
   *
   * @param patient {@code Patient/<id>}
   */
  public List<ConsentRecord> uncached(String patient) {
    return read(List.of(patient)).getOrDefault(patient, List.of());
  }

  /** One that has been written by the open transaction. */
  public ConsentRecord read(Consent consent) {
    return reader.read(consent, SentBy.odsCodeIn(consent).orElse(null));
  }

  /**
   * The open transaction changes a person's consents, or who may give them. What others have read
   * of them counts until it commits. Who is new with it has been read by nobody.
   *
   * @param patient {@code Patient/<id>}
   */
  public void change(String patient) {
    jdbc.sql(
            """
            insert into fingerpost.consents_changed as c (patient, times) values (?, 1)
            on conflict (patient) do update set times = c.times + 1
            """)
        .param(patient)
        .update();
  }

  /** Those of them that the store has. */
  Set<String> known(Collection<String> patients) {
    return statesOf(patients).keySet();
  }

  private Map<String, Long> statesOf(Collection<String> patients) {
    String[] ids =
        patients.stream()
            .map(patient -> patient.substring(patient.indexOf('/') + 1))
            .toArray(String[]::new);
    Map<String, Long> states = new HashMap<>();
    jdbc.sql("select fhir_id, times from fingerpost.consents_changed_of(?)")
        .param(ids)
        .query(
            row -> {
              states.put("Patient/" + row.getString("fhir_id"), row.getLong("times"));
            });
    return states;
  }

  private Map<String, List<ConsentRecord>> read(List<String> patients) {
    ReferenceOrListParam any = new ReferenceOrListParam();
    patients.forEach(patient -> any.addOr(new ReferenceParam(patient)));
    SearchParameterMap search = SearchParameterMap.newSynchronous().add(Consent.SP_PATIENT, any);
    search.setLoadSynchronousUpTo(MOST);
    List<IBaseResource> found =
        daos.getResourceDao(Consent.class)
            .search(search, new SystemRequestDetails())
            .getAllResources();
    if (found.size() >= MOST) {
      // A refusal could be among those not read.
      throw new IllegalStateException("more consents than can be read at once");
    }
    Map<String, List<ConsentRecord>> consents = new HashMap<>();
    patients.forEach(patient -> consents.put(patient, of(patient, found)));
    return consents;
  }

  private List<ConsentRecord> of(String patient, List<IBaseResource> found) {
    return found.stream()
        .filter(
            one ->
                PersonOf.in(one) instanceof PersonOf.People people
                    && people.references().contains(patient))
        .map(one -> read((Consent) one))
        .toList();
  }
}
