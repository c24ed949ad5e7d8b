package io.fingerpost.server.matching;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.ParamPrefixEnum;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import io.fingerpost.profiles.matching.Likeness;
import io.fingerpost.profiles.matching.MatchTask;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/** The people and the matching Tasks in the store, as the program itself reads them. */
final class People {

  /** Of one day of birth; a scheme knows a few of each. */
  private static final int LOOKED_AT = 500;

  private static final int SHOWN = 20;

  private final DaoRegistry daos;

  People(DaoRegistry daos) {
    this.daos = daos;
  }

  /**
   * @param alike in what they are alike, as {@link Likeness} says it
   */
  record Candidate(Patient patient, List<String> alike) {}

  Optional<Task> matchTask(String id) {
    return read(Task.class, id).filter(MatchTask::is);
  }

  Optional<Patient> patient(String id) {
    return read(Patient.class, id);
  }

  /** Who is left of a person whose record may have been merged into another. */
  Optional<Patient> survivor(String id) {
    Optional<Patient> person = patient(id);
    Set<String> seen = new HashSet<>();
    while (person.isPresent() && seen.add(person.get().getIdElement().getIdPart())) {
      Optional<String> into = replacement(person.get());
      if (into.isEmpty()) {
        return person;
      }
      person = patient(into.get());
    }
    return person;
  }

  private static Optional<String> replacement(Patient person) {
    return person.getLink().stream()
        .filter(link -> link.getType() == LinkType.REPLACEDBY)
        .map(link -> link.getOther().getReferenceElement().getIdPart())
        .findFirst();
  }

  /**
   * Who might be this person, the likest first. Found by the whole date of birth alone, and held to
   * name and postcode here, at the moment of asking: nothing of it is kept.
   */
  List<Candidate> like(Patient person, Set<String> butNot) {
    if (!person.hasBirthDate() || person.getBirthDateElement().getValueAsString().length() < 10) {
      return List.of();
    }
    SearchParameterMap search =
        SearchParameterMap.newSynchronous()
            .add(
                Patient.SP_BIRTHDATE,
                new DateParam(
                    ParamPrefixEnum.EQUAL, person.getBirthDateElement().getValueAsString()));
    search.setLoadSynchronousUpTo(LOOKED_AT);
    return daos
        .getResourceDao(Patient.class)
        .search(search, new SystemRequestDetails())
        .getAllResources()
        .stream()
        .map(Patient.class::cast)
        .filter(other -> !butNot.contains("Patient/" + other.getIdElement().getIdPart()))
        .filter(other -> replacement(other).isEmpty())
        .map(other -> new Candidate(other, Likeness.of(person, other)))
        .filter(candidate -> Likeness.isWorthALook(candidate.alike()))
        .sorted(Comparator.comparing((Candidate one) -> one.alike().size()).reversed())
        .limit(SHOWN)
        .toList();
  }

  private <R extends Resource> Optional<R> read(Class<R> type, String id) {
    try {
      return Optional.of(
          daos.getResourceDao(type)
              .read(new IdType(type.getSimpleName(), id), new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException none) {
      return Optional.empty();
    }
  }
}
