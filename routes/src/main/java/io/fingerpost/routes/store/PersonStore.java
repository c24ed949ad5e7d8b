package io.fingerpost.routes.store;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.NumberParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import io.fingerpost.profiles.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/** Everything the store holds of one person. */
public final class PersonStore {

  /**
   * Every type that is about a person; where a record comes from and who saw it stays as it was.
   */
  private static final List<Class<? extends Resource>> TYPES =
      List.of(
          ServiceRequest.class,
          Task.class,
          Consent.class,
          RelatedPerson.class,
          CareTeam.class,
          CarePlan.class,
          Goal.class,
          EpisodeOfCare.class,
          QuestionnaireResponse.class,
          Observation.class,
          Appointment.class,
          Encounter.class,
          Communication.class,
          Flag.class);

  private static final Map<String, String> NOT_KEPT = Map.of("Cache-Control", "no-store");

  /** No more than the store puts on one page. */
  private static final int PAGE = 200;

  private final IRepository repository;

  public PersonStore(IRepository repository) {
    this.repository = repository;
  }

  /**
   * @param person {@code Patient/<id>}
   */
  public Patient patient(String person) {
    return repository.read(Patient.class, new IdType(person));
  }

  /** All that is about a person, {@code Patient/<id>}, but for the Patient. */
  public List<Resource> of(String person) {
    List<Resource> all = new ArrayList<>();
    for (Class<? extends Resource> type : TYPES) {
      List<? extends Resource> page;
      int offset = 0;
      do {
        page = page(type, person, offset);
        all.addAll(page);
        offset += PAGE;
      } while (page.size() >= PAGE);
    }
    return all;
  }

  private <T extends Resource> List<T> page(Class<T> type, String person, int offset) {
    Bundle found =
        repository.search(
            Bundle.class,
            type,
            search ->
                search
                    .addOrList("patient", new ReferenceParam(person))
                    .addOrList("_count", new NumberParam(PAGE))
                    .addOrList("_offset", new NumberParam(offset)),
            NOT_KEPT);
    return found.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  public void save(TransactionDraft draft) {
    if (draft.bundle().hasEntry()) {
      repository.transaction(draft.bundle());
    }
  }

  /** Makes everything in a record that leads to one person lead to another. */
  public static void repoint(Resource record, String from, String to) {
    for (Reference reference : References.in(record)) {
      if (from.equals(plain(reference))) {
        reference.setReference(to);
      }
    }
  }

  /** What a record leads to, {@code <Type>/<id>} each. */
  public static List<String> references(Resource record) {
    return References.in(record).stream().map(PersonStore::plain).toList();
  }

  private static String plain(Reference reference) {
    String plain = new IdType(reference.getReference()).toUnqualifiedVersionless().getValue();
    return plain == null ? "" : plain;
  }
}
