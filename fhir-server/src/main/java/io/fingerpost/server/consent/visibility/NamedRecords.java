package io.fingerpost.server.consent.visibility;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import io.fingerpost.server.consent.enforcement.PersonOf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hl7.fhir.r4.model.IdType;

/**
 * Records that a search names: {@code focus=ServiceRequest/12}. Where one names another that the
 * asker may not see, whether it does would be told by what is found, although the reference is
 * masked when it is shown. Such a value is searched for as one that does not exist.
 */
final class NamedRecords {

  /** Whom a record is about stands in it for all to read who may see it. */
  private static final Set<String> OWN = Set.of("patient", "subject");

  private NamedRecords() {}

  /**
   * Takes out the values that name what is not among those that may be seen.
   *
   * @param visible of these records ({@code Type/<id>}), those the asker may see
   * @return whether what is left can find anything
   */
  static boolean restrict(SearchParameterMap search, UnaryOperator<Set<String>> visible) {
    Collection<List<IQueryParameterType>> alternatives = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (Map.Entry<String, List<List<IQueryParameterType>>> parameter : search.entrySet()) {
      if (!OWN.contains(parameter.getKey())) {
        for (List<IQueryParameterType> either : parameter.getValue()) {
          if (either.stream().anyMatch(NamedRecords::namesSomebodys)) {
            alternatives.add(either);
            either.stream()
                .filter(NamedRecords::namesSomebodys)
                .forEach(one -> named.add(name(one)));
          }
        }
      }
    }
    if (named.isEmpty()) {
      return true;
    }
    Set<String> seen = visible.apply(named);
    alternatives.forEach(
        either -> either.removeIf(one -> namesSomebodys(one) && !seen.contains(name(one))));
    return alternatives.stream().noneMatch(List::isEmpty);
  }

  private static boolean namesSomebodys(IQueryParameterType value) {
    if (!(value instanceof ReferenceParam reference) || reference.getMissing() != null) {
      return false;
    }
    String type = reference.getResourceType();
    if (type == null) {
      throw new InvalidRequestException("Name the record that is referred to by its type and id.");
    }
    return PersonOf.isSomebodys(type);
  }

  private static String name(IQueryParameterType value) {
    ReferenceParam reference = (ReferenceParam) value;
    return new IdType(reference.getResourceType(), reference.getIdPart()).getValue();
  }
}
