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
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
   * @return {@code Patient/<id>} of each, whether there is such a person or not
   */
  Set<String> byId(RequestDetails search) {
    boolean ofPatients = isOfPatients(search);
    return named(search, name -> BY_ID.contains(name) || (ofPatients && name.equals("_id")))
        .map(IdType::new)
        .filter(NamedPeople::isPatient)
        .map(id -> "Patient/" + id.getIdPart())
        .collect(Collectors.toSet());
  }

  /**
   * @return {@code Patient/<id>} of each that the store has, at the price of a search for each
   */
  Set<String> byIdentifier(RequestDetails search) {
    boolean ofPatients = isOfPatients(search);
    return named(
            search,
            name -> BY_IDENTIFIER.contains(name) || (ofPatients && name.equals("identifier")))
        .flatMap(identifier -> known(identifier).stream())
        .collect(Collectors.toSet());
  }

  private static boolean isOfPatients(RequestDetails search) {
    return "Patient".equals(search.getResourceName());
  }

  private static Stream<String> named(RequestDetails search, Predicate<String> parameter) {
    return search.getParameters().entrySet().stream()
        .filter(one -> parameter.test(one.getKey()))
        .flatMap(NamedPeople::values)
        .limit(MOST);
  }

  private static Stream<String> values(Map.Entry<String, String[]> parameter) {
    return Arrays.stream(parameter.getValue()).flatMap(value -> Arrays.stream(value.split(",")));
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
