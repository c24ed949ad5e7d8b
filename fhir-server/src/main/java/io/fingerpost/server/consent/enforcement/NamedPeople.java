package io.fingerpost.server.consent.enforcement;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;

/**
 * Whom a search asks about, by id or by identifier. That somebody asked is on record even where
 * nothing was found that they may see.
 */
final class NamedPeople {

  private static final Set<String> BY_ID = Set.of("patient", "subject", "patient:Patient");
  private static final Set<String> BY_IDENTIFIER =
      Set.of("patient.identifier", "patient:Patient.identifier");

  /** More at once is no question about anybody in particular. */
  private static final int MOST = 20;

  private final DaoRegistry daos;

  NamedPeople(DaoRegistry daos) {
    this.daos = daos;
  }

  /**
   * @return {@code Patient/<id>} of each; by id, whether there is such a person or not
   */
  Set<String> in(RequestDetails search) {
    boolean ofPatients = "Patient".equals(search.getResourceName());
    Set<String> people = new LinkedHashSet<>();
    for (Map.Entry<String, String[]> parameter : search.getParameters().entrySet()) {
      String name = parameter.getKey();
      if (BY_ID.contains(name) || (ofPatients && name.equals("_id"))) {
        values(parameter)
            .map(IdType::new)
            .filter(NamedPeople::isPatient)
            .forEach(id -> people.add("Patient/" + id.getIdPart()));
      } else if (BY_IDENTIFIER.contains(name) || (ofPatients && name.equals("identifier"))) {
        values(parameter).forEach(identifier -> people.addAll(known(identifier)));
      }
    }
    return people;
  }

  private static Stream<String> values(Map.Entry<String, String[]> parameter) {
    return Arrays.stream(parameter.getValue())
        .flatMap(value -> Arrays.stream(value.split(",")))
        .limit(MOST);
  }

  private static boolean isPatient(IdType id) {
    return id.hasIdPart() && (!id.hasResourceType() || "Patient".equals(id.getResourceType()));
  }

  private Set<String> known(String identifier) {
    int bar = identifier.indexOf('|');
    if (bar < 0) {
      return Set.of();
    }
    TokenParam token = new TokenParam(identifier.substring(0, bar), identifier.substring(bar + 1));
    Set<String> found = new LinkedHashSet<>();
    daos.getResourceDao(Patient.class)
        .search(
            SearchParameterMap.newSynchronous().add(Patient.SP_IDENTIFIER, token),
            new SystemRequestDetails())
        .getAllResources()
        .forEach(patient -> found.add("Patient/" + patient.getIdElement().getIdPart()));
    return found;
  }
}
